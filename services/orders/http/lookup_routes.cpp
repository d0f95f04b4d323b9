#include "orders/http/lookup_routes.hpp"

#include "chassis/http/json.hpp"
#include "chassis/http/parameters.hpp"
#include "chassis/security/crypto.hpp"
#include "orders/http/order_json.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <charconv>

namespace shanhai::orders {
namespace {

namespace json = boost::json;

constexpr std::string_view handle_kind = "receiver handle";
constexpr std::size_t phone_hash_bytes = 32;
constexpr std::chrono::hours handle_life{12};  // A working day: the address keeps it on reload.

ListReader reader_of(const http::Request& request) {
    const auto& staff = request.staff();
    return {OrganisationId{staff.organisation}, !staff.has("operator") && !staff.has("auditor")};
}

json::object page_json(const std::vector<ListedOrder>& listed, std::size_t limit) {
    json::array items;
    for (std::size_t i = 0; i < std::min(limit, listed.size()); ++i) items.push_back(listed_json(listed[i]));
    json::object out;
    out["items"] = std::move(items);
    out["next"] = nullptr;
    return out;
}

}  // namespace

void LookupRoutes::mount(http::Router& router) {
    router.on(http::Method::get, "/v1/orders{?order_number,state,merchant_id,receiver,from,to,cursor,limit}",
              [this](const http::Request& request) { return list(request); });
    router.on(http::Method::post, "/v1/orders/receivers",
              [this](const http::Request& request) { return name_receiver(request); });
}

boost::asio::awaitable<http::Response> LookupRoutes::list(const http::Request& request) {
    const auto page = cursors_.page_of(request);
    if (!page) co_return http::respond_with(page.error());
    auto filter = read_filter(request);
    if (!filter) co_return http::respond_with(filter.error());
    const auto listed = co_await lookup_.orders(reader_of(request), std::move(*filter),
                                                ListPosition::read(page->after), page->limit + 1);
    if (!listed) co_return http::respond_with(listed.error());
    auto body = page_json(*listed, page->limit);
    if (listed->size() > page->limit)
        body["next"] = cursors_.encode(*page, (*listed)[page->limit - 1].position().text());
    auto response = http::json_response(body);
    response.headers.emplace_back("Cache-Control", "no-store");
    co_return response;
}

/// Days are whole days of Shanghai, the last one included.
Result<OrderFilter> LookupRoutes::read_filter(const http::Request& request) const {
    http::Parameters parameters{request};
    OrderFilter filter;
    const auto number = parameters.optional_parsed<OrderNumberPart>("order_number");
    if (number) filter.number = number->text();
    filter.state = parameters.optional_choice<OrderState>("state", from_wire_name<OrderState>);
    filter.merchant = parameters.optional_id<MerchantId>("merchant_id");
    const auto from = parameters.optional_checked<Date>("from", parse_date);
    const auto to = parameters.optional_checked<Date>("to", parse_date);
    if (from) filter.from = start_of(*from);
    if (to) filter.until = start_of(*to + std::chrono::days{1});
    if (from && to && *to < *from) parameters.complain("to", "must not be before from");
    const auto phone = parameters.optional_checked<std::string>(
        "receiver", [this](std::string_view handle) { return phone_hash_in(handle); });
    if (phone) filter.phone_hash = *phone;
    if (reader_of(request).own_only && !parameters.has("merchant_id"))
        parameters.complain("merchant_id", "says which of your merchants' orders");
    if (auto error = parameters.complaints()) return *error;
    return filter;
}

boost::asio::awaitable<http::Response> LookupRoutes::name_receiver(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) co_return http::respond_with(body.error());
    http::Fields fields{*body};
    const auto phone = fields.checked<std::string>("phone", phone_digits);
    if (auto error = fields.complaints()) co_return http::respond_with(*error);
    json::object out;
    out["receiver"] = handle_of(lookup_.phone_hash(*phone));
    auto response = http::json_response(out);
    response.headers.emplace_back("Cache-Control", "no-store");
    co_return response;
}

/// Sealed, so that two handles of one telephone have nothing in common.
std::string LookupRoutes::handle_of(std::string_view phone_hash) const {
    const auto expires = unix_microseconds(clock_.now() + handle_life);
    return security::base64url(
        security::seal(handle_key_, std::string{phone_hash} + std::to_string(expires), handle_kind));
}

Result<std::string> LookupRoutes::phone_hash_in(std::string_view handle) const {
    const Error refused = invalid_field("", "must be a handle that POST /v1/orders/receivers gave out today");
    const auto sealed = security::from_base64url(handle);
    if (!sealed) return refused;
    const auto text = security::open(handle_key_, *sealed, handle_kind);
    if (!text || text->size() <= phone_hash_bytes) return refused;
    std::int64_t expires = 0;
    std::from_chars(text->data() + phone_hash_bytes, text->data() + text->size(), expires);
    if (instant_of(expires) <= clock_.now()) return refused;
    return text->substr(0, phone_hash_bytes);
}

}  // namespace shanhai::orders
