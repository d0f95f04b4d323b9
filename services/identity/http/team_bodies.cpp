#include "identity/http/team_bodies.hpp"

#include "identity/domain/password_policy.hpp"
#include "identity/http/identity_json.hpp"

#include <limits>

namespace shanhai::identity {
namespace {

using http::Fields;

constexpr std::size_t token_size_max = 100;

}  // namespace

Manager manager_in(const http::Request& request) {
    const auto& staff = request.staff();
    return {AccountId{staff.account}, OrganisationId{staff.organisation}, staff.has("admin")};
}

Result<InvitationBody> invitation_in(const http::Request& request, const Manager& manager) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    Fields fields{*body};
    InvitationBody read;
    read.house = manager.house;
    read.offer.position = fields.optional_checked<Position>("position", known_position);
    read.offer.role = fields.optional_checked<Role>("role", known_role);
    if (manager.administrator) {
        constexpr auto id_max = std::numeric_limits<std::int64_t>::max();
        read.house = OrganisationId{static_cast<std::uint64_t>(fields.integer("organisation_id", 1, id_max))};
    }
    if (auto error = fields.complaints()) return *error;
    return read;
}

Result<std::string> token_in(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    Fields fields{*body};
    auto token = fields.text("token", 1, token_size_max);
    if (auto error = fields.complaints()) return *error;
    return token;
}

Result<AcceptanceBody> acceptance_in(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    Fields fields{*body};
    auto token = fields.text("token", 1, token_size_max);
    auto login = fields.parsed<Login>("login");
    auto name = fields.text("name", 1, 100);
    const auto password = fields.secret("password", password_size_min, password_size_max);
    if (auto error = fields.complaints()) return *error;
    auto chosen = NewPassword::choose(password, *login);
    if (!chosen) return chosen.error();
    return AcceptanceBody{std::move(token), std::move(*login), std::move(name), chosen->text()};
}

Result<ResetBody> reset_in(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    Fields fields{*body};
    ResetBody read;
    read.token = fields.text("token", 1, token_size_max);
    read.new_password = fields.secret("new_password", 1, password_size_max);
    if (auto error = fields.complaints()) return *error;
    return read;
}

Result<MemberChange> member_change_in(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    Fields fields{*body};
    MemberChange change;
    change.position = fields.optional_checked<Position>("position", known_position);
    if (body->is_object() && body->get_object().contains("disabled"))
        change.disabled = fields.boolean("disabled");
    if (auto error = fields.complaints()) return *error;
    return change;
}

boost::json::object json_of(const Link& link, Instant at) {
    boost::json::object body;
    body["invitation_id"] = number(link.id);
    body["organisation_id"] = number(link.house);
    body["role"] = wire_name(link.role);
    if (link.position) body["position"] = wire_name(*link.position);
    body["state"] = wire_name(link.state(at));
    body["made_at"] = rfc3339(link.made);
    body["made_by"] = number(link.made_by);
    body["expires_at"] = rfc3339(link.expires);
    if (link.used) body["account_id"] = number(link.account);
    return body;
}

}  // namespace shanhai::identity
