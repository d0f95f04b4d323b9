#include "catalog/http/licence_routes.hpp"

#include "catalog/http/answers.hpp"
#include "catalog/http/catalog_json.hpp"
#include "catalog/http/page.hpp"
#include "catalog/http/staff.hpp"
#include "chassis/http/json.hpp"
#include "chassis/http/page.hpp"
#include "chassis/http/parameters.hpp"
#include "vocabulary/text.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>

namespace shanhai::catalog {

using http::Method;
using http::Request;
using http::Response;

namespace {

namespace json = boost::json;

constexpr std::size_t typed_max = 64;  // With blanks, and half of the next field.
constexpr std::int64_t due_within_days_max = 366;
constexpr std::int64_t due_within_days = 60;

/// Capitals and small letters are one in a code, and people type blanks between its groups.
std::string typed_code(std::string_view typed) {
    std::string code;
    for (const char c : typed) {
        if (c == ' ') continue;
        code += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return code;
}

struct Due {
    Date day;
    const Merchant* merchant;
};

/// By the day, and on one day by id.
std::vector<Due> due_until(const Registry& facts, Date last) {
    std::vector<Due> found;
    for (const auto& [id, merchant] : facts.merchants) {
        const auto day = merchant.licences.check_due();
        if (day && *day <= last) found.push_back({*day, &merchant});
    }
    std::ranges::stable_sort(found, {}, &Due::day);
    return found;
}

json::object json_of(const Due& due, Date today) {
    json::object body;
    body["merchant"] = json_of(*due.merchant);
    body["due_on"] = date_text(due.day);
    body["days_left"] = (due.day - today).count();
    body["because"] = due.merchant->licences.until() == due.day ? "LICENCE_ENDS" : "YEAR_OVER";
    return body;
}

json::object json_of(const MerchantCheck& check) {
    json::object body;
    body["check_id"] = check.id;
    body["business_licence"] = check.licences.business_licence;
    if (check.licences.business_until)
        body["business_licence_until"] = date_text(*check.licences.business_until);
    if (check.licences.food_until) body["food_licence_until"] = date_text(*check.licences.food_until);
    body["note"] = check.note;
    body["at"] = rfc3339(check.at);
    body["by_account"] = number(check.by);
    return body;
}

json::object json_of(const Registration& one) {
    json::object body;
    body["organisation_id"] = number(one.id);
    body["name"] = one.name;
    body["uscc"] = one.uscc.text();
    body["county_code"] = one.county.text();
    if (one.merchant) body["merchant_id"] = number(*one.merchant);
    if (one.hindrance) body["hindrance"] = wire_name(*one.hindrance);
    return body;
}

struct CheckBody {
    Licences found;
    std::string note;
};

Result<CheckBody> check_in(const Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    auto fields = http::Fields::of_whole(*body);  // A day left out would be taken for one without end.
    CheckBody read;
    read.found.business_licence =
        fields.checked<std::string>("business_licence", business_licence_number).value_or("");
    read.found.business_until = fields.optional_checked<Date>("business_licence_until", parse_date);
    read.found.food_until = fields.optional_checked<Date>("food_licence_until", parse_date);
    read.note = fields.text("note", 1, 300, Lines::joined);
    if (auto error = fields.complaints()) return *error;
    return read;
}

}  // namespace

void LicenceRoutes::mount(http::Router& router) {
    router.on_quick(Method::get, "/v1/credit-codes/{code}",
                    [this](const Request& r) { return check_code(r); });
    router.on_quick(Method::get, "/v1/merchant-checks{?due_within_days,cursor,limit}",
                    [this](const Request& r) { return list_due(r); });
    router.on(Method::post, "/v1/merchants/{merchant_id}/checks",
              [this](const Request& r) { return record_check(r); });
    router.on(Method::get, "/v1/merchants/{merchant_id}/checks{?cursor,limit}",
              [this](const Request& r) { return list_checks(r); });
    router.on(Method::get, "/v1/verified-merchants{?hindered,cursor,limit}",
              [this](const Request& r) { return list_verified(r); });
}

/// Says no more of who is registered than the list of merchants does.
Response LicenceRoutes::check_code(const Request& request) const {
    http::Parameters parameters{request};
    const auto given = parameters.untyped("code");
    if (auto error = parameters.complaints()) return http::respond_with(*error);
    if (characters_in(given) > typed_max) return unknown("credit-code");
    const auto typed = typed_code(given);
    json::object body;
    const auto code = Uscc::parse(typed);
    body["valid"] = bool{code};
    if (!code) {
        body["fault"] = code.error().message();
        return json_answer(200, body);
    }
    const auto view = showcase_.view();
    body["code"] = code->text();
    body["area_code"] = code->area();
    const auto area = CountyCode::parse(code->area());
    const auto* const county = area ? view->facts->county(*area) : nullptr;
    if (county != nullptr) body["county"] = json_of(*county, view->listed_of(*county));
    const auto& merchants = view->facts->merchants;
    const auto same = [&](const auto& one) { return one.second.uscc == *code; };
    const auto found = std::ranges::find_if(merchants, same);
    body["registered"] = found != merchants.end();
    if (found != merchants.end()) body["merchant_id"] = number(found->first);
    return json_answer(200, body);
}

Response LicenceRoutes::list_due(const Request& request) const {
    const auto page = cursors_.page_of(request);
    if (!page) return http::respond_with(page.error());
    http::Parameters parameters{request};
    const auto days =
        parameters.optional_integer("due_within_days", 0, due_within_days_max).value_or(due_within_days);
    if (const auto error = parameters.complaints()) return http::respond_with(*error);
    const auto today = shanghai_date(showcase_.clock().now());
    const auto view = showcase_.view();
    PageWriter writer{cursors_, *page};
    for (const auto& due : due_until(*view->facts, today + std::chrono::days{days})) {
        const auto position = date_text(due.day) + position_of(number(due.merchant->id));
        if (!writer.wants(position)) continue;
        if (!writer.add(position, json::serialize(json_of(due, today)))) break;
    }
    return writer.finish();
}

LicenceRoutes::Answer LicenceRoutes::record_check(const Request& request) {
    const auto author = author_of(request);
    const auto id = http::id_in_path<MerchantId>(request, "merchant_id");
    if (!id) co_return http::respond_with(id.error());
    auto body = check_in(request);
    if (!body) co_return http::respond_with(body.error());
    const auto done =
        co_await store_.record_check(*id, std::move(body->found), std::move(body->note), author);
    if (!done) co_return http::respond_with(done.error());
    co_await showcase_.refresh(store_);
    const auto view = showcase_.view();
    const auto* const stored = view->facts->merchant(*id);
    if (stored == nullptr) co_return unknown("merchant");
    co_return json_answer(201, json_of(*stored));
}

LicenceRoutes::Answer LicenceRoutes::list_checks(const Request& request) {
    const auto page = cursors_.page_of(request);
    if (!page) co_return http::respond_with(page.error());
    const auto id = http::id_in_path<MerchantId>(request, "merchant_id");
    if (!id) co_return http::respond_with(id.error());
    const auto found = co_await store_.checks(*id, page->after_number(), page->limit + 1);
    if (!found) co_return http::respond_with(found.error());
    co_return http::page_response(*found, *page, cursors_,
                                  [](const MerchantCheck& check) { return json_of(check); });
}

LicenceRoutes::Answer LicenceRoutes::list_verified(const Request& request) {
    const auto page = cursors_.page_of(request);
    if (!page) co_return http::respond_with(page.error());
    http::Parameters parameters{request};
    const bool hindered = parameters.optional_flag("hindered").value_or(false);
    if (auto error = parameters.complaints()) co_return http::respond_with(*error);
    const auto after = page->after_id<OrganisationId>();
    const auto found = co_await store_.registrations(hindered, after, page->limit + 1);
    if (!found) co_return http::respond_with(found.error());
    co_return http::page_response(*found, *page, cursors_,
                                  [](const Registration& one) { return json_of(one); });
}

}  // namespace shanhai::catalog
