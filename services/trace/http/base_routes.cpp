#include "trace/http/base_routes.hpp"

#include "chassis/http/history.hpp"
#include "chassis/http/json.hpp"
#include "chassis/http/page.hpp"
#include "chassis/http/parameters.hpp"
#include "trace/http/base_body.hpp"
#include "trace/http/staff.hpp"
#include "trace/http/trace_json.hpp"

#include <utility>

namespace shanhai::trace {
namespace {

/// The tag of this version of a base, whatever is shown of it but for its position: whoever saw only about
/// where it lies must not write that back.
std::string tag_of(const Base& base) {
    return http::etag_of(std::to_string(number(base.id)) + " " + std::to_string(base.version) +
                         (base.confirmed_by ? " confirmed" : "") + (base.position_about ? " about" : ""));
}

http::Response tagged(const Base& base, int status) {
    auto response = http::json_response(json_of(base), status);
    response.headers.emplace_back("ETag", tag_of(base));
    return response;
}

/// Whoever confirms a base names the version that he looked at. That it is confirmed meanwhile changes
/// nothing of what he saw, and the same request again names the tag from before.
std::optional<Error> check_seen(const http::Request& request, const Base& base) {
    auto unconfirmed = base;
    unconfirmed.confirmed_by.reset();
    if (!http::check_if_match(request, tag_of(unconfirmed))) return std::nullopt;
    return http::check_if_match(request, tag_of(base));
}

}  // namespace

void BaseRoutes::mount(http::Router& router) {
    router.on(http::Method::post, "/v1/bases", [this](const http::Request& request) { return add(request); });
    router.on(http::Method::get, "/v1/bases{?merchant_id,cursor,limit}",
              [this](const http::Request& request) { return list(request); });
    router.on(http::Method::get, "/v1/bases/{base_id}",
              [this](const http::Request& request) { return show(request); });
    router.on(http::Method::put, "/v1/bases/{base_id}",
              [this](const http::Request& request) { return change(request); });
    router.on(http::Method::post, "/v1/bases/{base_id}/confirmation",
              [this](const http::Request& request) { return confirm(request); });
    router.on(http::Method::get, "/v1/bases/{base_id}/changes{?cursor,limit}",
              [this](const http::Request& request) { return list_changes(request); });
}

boost::asio::awaitable<http::Response> BaseRoutes::add(const http::Request& request) {
    const auto writer = writer_of(request);
    const auto body = http::read_json(request);
    if (!body) co_return http::respond_with(body.error());
    auto details = base_from(request, *body);
    if (!details) co_return http::respond_with(details.error());

    const auto added = co_await registry_.add_base(std::move(*details), writer);
    if (!added) co_return http::respond_with(added.error());
    co_return tagged(added->value, added->repeated ? 200 : 201);
}

boost::asio::awaitable<http::Response> BaseRoutes::list(const http::Request& request) {
    const auto page = cursors_.page_of(request);
    if (!page) co_return http::respond_with(page.error());
    http::Parameters parameters{request};
    const auto merchant = parameters.optional_id<MerchantId>("merchant_id");
    if (const auto error = parameters.complaints()) co_return http::respond_with(*error);
    const auto after = page->after_id<BaseId>();
    const auto found = co_await registry_.bases(request.reader(), merchant, after, page->limit + 1);
    if (!found) co_return http::respond_with(found.error());
    co_return http::page_response(*found, *page, cursors_);
}

boost::asio::awaitable<http::Response> BaseRoutes::show(const http::Request& request) {
    const auto id = http::id_in_path<BaseId>(request, "base_id");
    if (!id) co_return http::respond_with(id.error());
    const auto found = co_await registry_.base(*id, request.reader());
    if (!found) co_return http::respond_with(found.error());
    co_return http::conditional(request, tagged(*found, 200), tag_of(*found));
}

boost::asio::awaitable<http::Response> BaseRoutes::change(const http::Request& request) {
    const auto writer = writer_of(request);
    const auto id = http::id_in_path<BaseId>(request, "base_id");
    if (!id) co_return http::respond_with(id.error());
    const auto body = http::read_json(request);
    if (!body) co_return http::respond_with(body.error());
    auto details = base_from(request, *body);
    if (!details) co_return http::respond_with(details.error());
    const auto current = co_await registry_.base(*id, request.reader());
    if (!current) co_return http::respond_with(current.error());
    if (const auto stale = http::check_if_match(request, tag_of(*current))) {
        co_return http::respond_with(*stale);
    }

    const auto changed = co_await registry_.change_base(*id, std::move(*details), current->version, writer);
    if (!changed) co_return http::respond_with(changed.error());
    co_return tagged(*changed, 200);
}

boost::asio::awaitable<http::Response> BaseRoutes::confirm(const http::Request& request) {
    const auto id = http::id_in_path<BaseId>(request, "base_id");
    if (!id) co_return http::respond_with(id.error());
    const auto writer = Writer::operator_staff(AccountId{request.staff().account});
    const auto current = co_await registry_.base(*id, request.reader());
    if (!current) co_return http::respond_with(current.error());
    if (const auto stale = check_seen(request, *current)) co_return http::respond_with(*stale);

    const auto confirmed = co_await registry_.confirm_base(*id, current->version, writer);
    if (!confirmed) co_return http::respond_with(confirmed.error());
    co_return tagged(*confirmed, 200);
}

boost::asio::awaitable<http::Response> BaseRoutes::list_changes(const http::Request& request) {
    const auto reader = reader_of(request);
    const auto id = http::id_in_path<BaseId>(request, "base_id");
    if (!id) co_return http::respond_with(id.error());
    auto read = [this, id = *id, reader](std::uint64_t after, std::size_t count) {
        return registry_.changes(id, reader, after, count);
    };
    co_return co_await http::history_page(request, cursors_, read);
}

}  // namespace shanhai::trace
