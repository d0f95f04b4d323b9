#include "messages/http/message_routes.hpp"

#include "chassis/http/json.hpp"
#include "chassis/http/page.hpp"
#include "chassis/http/parameters.hpp"

#include <limits>

namespace shanhai::messages {

using http::Method;
using http::Request;

namespace {

namespace json = boost::json;

/// What is of merchants of no house is the operator's.
Reader reader_of(const Request& request) {
    const auto& staff = request.staff();
    Reader reader;
    reader.account = static_cast<AccountId>(staff.account);
    if (staff.organisation != 0) reader.organisations.push_back(OrganisationId{staff.organisation});
    if (staff.has("operator")) reader.organisations.push_back(OrganisationId{0});
    return reader;
}

template <class T>
json::value or_null(const std::optional<T>& value) {
    if (!value) return nullptr;
    if constexpr (std::is_enum_v<T>) {
        return json::value(number(*value));
    } else {
        return json::value(*value);
    }
}

json::object json_of(const Message& message) {
    const auto& news = message.news;
    const auto& about = news.about;
    return {{"message_id", number(message.id)},
            {"kind", wire_name(news.kind)},
            {"at", rfc3339(news.at)},
            {"due_on", news.due_on ? json::value(date_text(*news.due_on)) : json::value{}},
            {"unread", message.unread},
            {"settled", message.settled},
            {"application_id", or_null(about.application)},
            {"product_id", or_null(about.product)},
            {"product_name", or_null(about.product_name)},
            {"certification_id", or_null(about.certification)},
            {"edition_id", or_null(about.edition)},
            {"proposal_id", or_null(about.proposal)},
            {"onboarding_id", or_null(about.onboarding)},
            {"proposed", about.proposed ? json::value(wire_name(*about.proposed)) : json::value{}},
            {"scheme", or_null(about.scheme)},
            {"year", or_null(about.year)},
            {"lot_id", or_null(about.lot)},
            {"lot_code", or_null(about.lot_code)},
            {"merchant_id", or_null(about.merchant)},
            {"merchant_name", or_null(about.merchant_name)},
            {"reason", news.reason}};
}

http::Response answer_of(const Result<Unread>& unread) {
    if (!unread) return http::respond_with(unread.error());
    const json::object body{{"unread", unread->count}, {"as_of", rfc3339(unread->as_of)}};
    return http::json_response(body);
}

}  // namespace

void MessageRoutes::mount(http::Router& router) {
    router.on(Method::get, "/v1/messages{?unread,kind,cursor,limit}",
              [this](const Request& r) { return list(r); });
    router.on(Method::get, "/v1/messages/count", [this](const Request& r) { return count(r); });
    router.on(Method::post, "/v1/messages/read", [this](const Request& r) { return read(r); });
    router.on(Method::post, "/v1/messages/opened", [this](const Request& r) { return opened(r); });
}

MessageRoutes::Answer MessageRoutes::list(const Request& request) {
    const auto page = cursors_.page_of(request);
    if (!page) co_return http::respond_with(page.error());
    http::Parameters parameters{request};
    Filter filter;
    filter.unread_only = parameters.optional_flag("unread").value_or(false);
    filter.kind = parameters.optional_choice<Kind>("kind", from_wire_name<Kind>);
    if (auto error = parameters.complaints()) co_return http::respond_with(*error);
    filter.before = page->after_id<MessageId>();
    const auto found = co_await inbox_.list(reader_of(request), filter, page->limit + 1);
    if (!found) co_return http::respond_with(found.error());
    const auto describe = [](const Message& message) { return json_of(message); };
    co_return http::page_response(*found, *page, cursors_, describe);
}

MessageRoutes::Answer MessageRoutes::count(const Request& request) {
    const auto unread = co_await inbox_.count_unread(reader_of(request));
    co_return answer_of(unread);
}

MessageRoutes::Answer MessageRoutes::read(const Request& request) {
    const auto body = http::read_json(request);
    if (!body) co_return http::respond_with(body.error());
    http::Fields fields{*body};
    const auto through = fields.integer("through", 1, std::numeric_limits<std::int64_t>::max());
    if (auto error = fields.complaints()) co_return http::respond_with(*error);
    const auto unread = co_await inbox_.mark_read(reader_of(request), static_cast<MessageId>(through));
    co_return answer_of(unread);
}

MessageRoutes::Answer MessageRoutes::opened(const Request& request) {
    const auto body = http::read_json(request);
    if (!body) co_return http::respond_with(body.error());
    http::Fields fields{*body};
    Opened page;
    page.thing = fields.choice<Thing>("thing", from_wire_name<Thing>);
    page.id = static_cast<std::uint64_t>(fields.integer("id", 1, std::numeric_limits<std::int64_t>::max()));
    page.seen_at = fields.optional_checked<Instant>("seen_at", parse_rfc3339);
    if (auto error = fields.complaints()) co_return http::respond_with(*error);
    const auto unread = co_await inbox_.mark_opened(reader_of(request), page);
    co_return answer_of(unread);
}

}  // namespace shanhai::messages
