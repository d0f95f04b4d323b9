#include "identity/http/identity_json.hpp"

#include "identity/domain/duties.hpp"
#include "identity/domain/password_policy.hpp"
#include "vocabulary/region.hpp"

#include <boost/json/array.hpp>
#include <limits>

namespace shanhai::identity {
namespace {

namespace json = boost::json;

constexpr std::size_t code_size_max = 40;
constexpr std::int64_t id_max = std::numeric_limits<std::int64_t>::max();

std::vector<Role> roles_in(http::Fields& fields) {
    return fields.all_checked<Role>("roles", 1, WireNames<Role>::names.size(), known_role);
}

Result<CountyCode> present_county(std::string_view text) {
    auto code = CountyCode::parse(text);
    if (code && !is_region(text))
        return invalid_field("", "GB/T 2260 has no county or district of that code");
    return code;
}

}  // namespace

Result<Role> known_role(std::string_view name) {
    if (const auto role = from_wire_name<Role>(name)) return *role;
    return invalid_field("", "is no role");
}

Result<Position> known_position(std::string_view name) {
    if (const auto position = from_wire_name<Position>(name)) return *position;
    return invalid_field("", "is no position");
}

Result<Credentials> credentials_of(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    http::Fields fields{*body};
    auto login = fields.parsed<Login>("login");
    auto password = fields.secret("password", 1, password_size_max);
    auto code = fields.optional_text("code", 1, code_size_max);
    if (auto error = fields.complaints()) return *error;
    return Credentials{std::move(*login), std::move(password), std::move(code)};
}

Result<std::string> refresh_token_of(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    http::Fields fields{*body};
    auto token = fields.text("refresh_token", 1, 100);
    if (auto error = fields.complaints()) return *error;
    return token;
}

Result<NewAccount> account_of(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    http::Fields fields{*body};
    auto login = fields.parsed<Login>("login");
    auto name = fields.text("name", 1, 100);
    auto password = fields.secret("password", password_size_min, password_size_max);
    auto roles = roles_in(fields);
    const auto organisation = fields.optional_integer("organisation_id", 1, id_max);
    const auto position = fields.optional_checked<Position>("position", known_position);
    if (auto error = fields.complaints()) return *error;
    std::optional<OrganisationId> employer;
    if (organisation) employer = OrganisationId{static_cast<std::uint64_t>(*organisation)};
    return NewAccount::draft(std::move(*login), std::move(name), std::move(roles), employer,
                             std::move(password), position);
}

Result<NewOrganisation> organisation_of(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    http::Fields fields{*body};
    NewOrganisation facts;
    facts.name = fields.text("name", 1, 200);
    facts.kind = fields.choice<OrganisationKind>("kind", from_wire_name<OrganisationKind>);
    facts.uscc = fields.optional_parsed<Uscc>("uscc");
    facts.county = fields.optional_checked<CountyCode>("county_code", present_county);
    if (auto error = fields.complaints()) return *error;
    return facts;
}

Result<OrganisationCorrection> correction_of(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    auto fields = http::Fields::of_whole(*body);
    OrganisationCorrection wanted;
    wanted.name = fields.text("name", 1, 200);
    wanted.uscc = fields.optional_parsed<Uscc>("uscc");
    wanted.county = fields.optional_checked<CountyCode>("county_code", present_county);
    wanted.reason = fields.text("reason", 1, 300, Lines::joined);
    if (auto error = fields.complaints()) return *error;
    return wanted;
}

Result<bool> disabled_of(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    http::Fields fields{*body};
    const bool disabled = fields.boolean("disabled");
    if (auto error = fields.complaints()) return *error;
    return disabled;
}

Result<AccountChange> change_of(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    http::Fields fields{*body};
    AccountChange change;
    change.name = fields.optional_text("name", 1, 100);
    std::optional<std::vector<Role>> roles;
    if (body->is_object() && body->get_object().contains("roles")) roles = roles_in(fields);
    // Null says «none from now on», which is not the same as saying nothing.
    change.sets_organisation = body->is_object() && body->get_object().contains("organisation_id");
    const auto organisation = fields.optional_integer("organisation_id", 1, id_max);
    change.sets_position = body->is_object() && body->get_object().contains("position");
    change.position = fields.optional_checked<Position>("position", known_position);
    if (auto error = fields.complaints()) return *error;
    if (roles) {
        auto separate = separate_duties(std::move(*roles));
        if (!separate) return separate.error();
        change.roles = std::move(*separate);
    }
    if (organisation) change.organisation = OrganisationId{static_cast<std::uint64_t>(*organisation)};
    return change;
}

Result<PasswordChange> password_change_of(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    http::Fields fields{*body};
    auto login = fields.parsed<Login>("login");
    auto password = fields.secret("password", 1, password_size_max);
    auto new_password = fields.secret("new_password", 1, password_size_max);
    auto code = fields.optional_text("code", 1, code_size_max);
    if (auto error = fields.complaints()) return *error;
    Credentials present{std::move(*login), std::move(password), std::move(code)};
    return PasswordChange{std::move(present), std::move(new_password)};
}

json::object json_of(const Account& account) {
    json::object body;
    body["account_id"] = number(account.id);
    body["login"] = account.login;
    body["name"] = account.name;
    json::array roles;
    for (const auto role : account.roles) roles.emplace_back(wire_name(role));
    body["roles"] = std::move(roles);
    if (account.organisation) body["organisation_id"] = number(*account.organisation);
    body["disabled"] = account.disabled;
    body["password_temporary"] = account.password_temporary;
    body["second_factor"] = account.second_factor;
    body["second_factor_required"] = account.second_factor_required;
    if (account.position) body["position"] = wire_name(*account.position);
    if (account.let_in_by != AccountId{}) body["let_in_by"] = number(account.let_in_by);
    if (account.awaits_administrator) body["awaits_administrator"] = true;
    return body;
}

json::object json_of(const Organisation& organisation) {
    const auto& facts = organisation.facts;
    json::object body;
    body["organisation_id"] = number(organisation.id);
    body["name"] = facts.name;
    body["kind"] = wire_name(facts.kind);
    if (facts.uscc) body["uscc"] = facts.uscc->text();
    if (facts.county) body["county_code"] = facts.county->text();
    body["version"] = organisation.version;
    return body;
}

json::object json_of(const OrganisationChange& change) {
    const auto described = [](const NewOrganisation& facts) {
        json::object part;
        part["name"] = facts.name;
        if (facts.uscc) part["uscc"] = facts.uscc->text();
        if (facts.county) part["county_code"] = facts.county->text();
        return part;
    };
    json::object body;
    body["change_id"] = change.id;
    body["at"] = rfc3339(change.at);
    body["by_account"] = number(change.by);
    body["reason"] = change.reason;
    body["before"] = described(change.before);
    body["after"] = described(change.after);
    return body;
}

security::Principal principal_of(const SignedIn& signed_in) {
    const auto& account = signed_in.account;
    security::Principal principal;
    principal.session = signed_in.session;
    principal.account = number(account.id);
    if (account.organisation) principal.organisation = number(*account.organisation);
    principal.name = account.name;
    principal.roles = token_roles(account);
    return principal;
}

}  // namespace shanhai::identity
