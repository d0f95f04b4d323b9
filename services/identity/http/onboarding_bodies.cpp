#include "identity/http/onboarding_bodies.hpp"

#include "identity/domain/password_policy.hpp"
#include "vocabulary/phone.hpp"
#include "vocabulary/region.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <limits>

namespace shanhai::identity {
namespace {

namespace json = boost::json;
using http::Fields;

constexpr std::size_t digits_of_account_min = 12;  // Numbers of bank accounts have that many, or more.

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

Result<CountyCode> present_county(std::string_view text) {
    auto code = CountyCode::parse(text);
    if (code && !is_region(text))
        return invalid_field("", "GB/T 2260 has no county or district of that code");
    return code;
}

/// Not a number of an account: whoever reads this could use it elsewhere.
Result<std::string> bank_reference(std::string_view text) {
    const bool plain =
        std::ranges::all_of(text, [](char c) { return is_digit(c) || is_letter(c) || c == '-' || c == '*'; });
    if (text.size() < 4 || text.size() > 32 || !plain)
        return invalid_field("", "is not 4 to 32 letters, digits, hyphens and asterisks");
    std::size_t run = 0;
    for (const char c : text) {
        run = is_digit(c) ? run + 1 : 0;
        if (run >= digits_of_account_min) {
            return invalid_field("", "looks like the whole number of an account; its last digits will do");
        }
    }
    return std::string{text};
}

/// What must be there, or may stay away in a correction.
std::optional<std::string> name_in(Fields& fields, std::size_t max, bool correction) {
    return correction ? fields.optional_text("name", 1, max) : fields.text("name", 1, max);
}

ContactChange contact_of(Fields& fields, bool correction) {
    auto contact = fields.object("contact");
    ContactChange read;
    read.name = name_in(contact, 50, correction);
    read.phone = correction ? contact.optional_checked<std::string>("phone", phone_digits)
                            : contact.checked<std::string>("phone", phone_digits);
    return read;
}

Result<OnboardingBody> read(const http::Request& request, bool correction) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    Fields fields{*body};
    auto name = fields.text("name", 1, 80);  // As long as the catalogue takes it.
    const auto kind = fields.choice<MerchantKind>("kind", from_wire_name<MerchantKind>);
    auto uscc = fields.parsed<Uscc>("uscc");
    const auto county = fields.checked<CountyCode>("county_code", present_county);
    auto business_licence = fields.optional_checked<std::string>("business_licence", business_licence_number);
    const auto business_until = fields.optional_checked<Date>("business_licence_until", parse_date);
    auto food_licence = fields.optional_parsed<FoodLicence>("food_licence");
    const auto food_until = fields.optional_checked<Date>("food_licence_until", parse_date);
    auto bank = fields.checked<std::string>("bank_reference", bank_reference);
    auto area_note = fields.optional_text("area_note", 1, 200, Lines::joined).value_or("");
    auto contact = contact_of(fields, correction);
    auto owner = fields.object("owner");
    contact.owner_name = name_in(owner, 100, correction);
    auto login = owner.parsed<Login>("login");
    std::optional<std::string> password;
    const auto* const given = body->is_object() ? body->get_object().if_contains("owner") : nullptr;
    const bool says_password =
        given != nullptr && given->is_object() && given->get_object().contains("password");
    if (!correction || says_password)
        password = owner.secret("password", password_size_min, password_size_max);
    if (auto error = fields.complaints()) return *error;
    if (password) {
        auto chosen = NewPassword::choose(*password, *login, "/owner/password");
        if (!chosen) return chosen.error();
        password = chosen->text();
    }
    auto number = business_licence.value_or(uscc->text());
    MerchantPapers papers{std::move(name),         kind,
                          std::move(*uscc),        *county,
                          std::move(number),       business_until,
                          std::move(food_licence), food_until,
                          std::move(*bank),        std::move(area_note)};
    return OnboardingBody{std::move(papers), std::move(contact), std::move(*login), std::move(password)};
}

json::object json_of(const OnboardingStep& step, bool to_staff) {
    json::object body;
    body["action"] = wire_name(step.action);
    body["state"] = wire_name(step.state);
    body["version"] = step.version;
    if (!step.reason.empty()) body["reason"] = step.reason;
    body["at"] = rfc3339(step.at);
    if (to_staff && step.by != AccountId{}) body["by_account"] = number(step.by);
    return body;
}

}  // namespace

Result<OnboardingBody> onboarding_in(const http::Request& request) { return read(request, false); }
Result<OnboardingBody> correction_in(const http::Request& request) { return read(request, true); }

Result<Admitting::Step> onboarding_step_in(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    Fields fields{*body};
    Admitting::Step step;
    step.action = fields.choice<OnboardingAction>("action", [](std::string_view name) {
        const auto action = from_wire_name<OnboardingAction>(name);
        return action == OnboardingAction::submit ? std::nullopt : action;  // Papers come with it: PUT.
    });
    step.version = static_cast<int>(fields.integer("version", 1, std::numeric_limits<int>::max()));
    step.reason = fields.optional_text("reason", 1, 600, Lines::joined).value_or("");
    if (auto error = fields.complaints()) return *error;
    return step;
}

json::object json_of(const Onboarding& onboarding, bool to_staff) {
    const auto& papers = onboarding.papers;
    json::object body;
    body["onboarding_id"] = number(onboarding.id);
    body["state"] = wire_name(onboarding.state);
    body["version"] = onboarding.version;
    body["name"] = papers.name;
    body["kind"] = wire_name(papers.kind);
    body["uscc"] = papers.uscc.text();
    body["county_code"] = papers.county.text();
    body["business_licence"] = papers.business_licence;
    if (papers.business_licence_until)
        body["business_licence_until"] = date_text(*papers.business_licence_until);
    if (papers.food_licence) body["food_licence"] = papers.food_licence->text();
    if (papers.food_licence_until) body["food_licence_until"] = date_text(*papers.food_licence_until);
    body["bank_reference"] = papers.bank_reference;
    if (!papers.area_note.empty()) body["area_note"] = papers.area_note;
    if (!onboarding.login.empty()) body["login"] = onboarding.login;
    if (onboarding.organisation != OrganisationId{})
        body["organisation_id"] = number(onboarding.organisation);
    if (to_staff) body["rivals"] = onboarding.rivals;
    json::array steps;
    for (const auto& step : onboarding.steps) steps.push_back(json_of(step, to_staff));
    body["steps"] = std::move(steps);
    return body;
}

json::object json_of(const Contact& contact) {
    return {{"name", contact.name}, {"phone", contact.phone}, {"owner_name", contact.owner_name}};
}

}  // namespace shanhai::identity
