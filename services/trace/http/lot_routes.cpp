#include "trace/http/lot_routes.hpp"

#include "chassis/http/history.hpp"
#include "chassis/http/json.hpp"
#include "chassis/http/page.hpp"
#include "chassis/http/parameters.hpp"
#include "trace/http/lot_sheet.hpp"
#include "trace/http/staff.hpp"
#include "trace/http/trace_json.hpp"

#include <utility>

namespace shanhai::trace {
namespace {

Result<LotPapers> papers_from(const boost::json::value& body) {
    auto fields = http::Fields::of_whole(body);
    auto certificate = fields.optional_text("conformity_certificate_no", 1, 64);
    auto report = fields.optional_text("test_report_no", 1, 64);
    if (auto error = fields.complaints()) return *error;
    return LotPapers{certificate.value_or(""), report.value_or("")};
}

Result<std::string> reason_from(const boost::json::value& body) {
    http::Fields fields{body};
    auto reason = fields.text("reason", 1, 500, Lines::joined);
    if (auto error = fields.complaints()) return *error;
    return reason;
}

http::Response tagged(const Lot& lot) {
    auto response = http::json_response(json_of(lot));
    response.headers.emplace_back("ETag", http::etag_of(response.body));
    return response;
}

}  // namespace

void LotRoutes::mount(http::Router& router) {
    router.on(http::Method::post, "/v1/lots", [this](const http::Request& request) { return add(request); });
    router.on(http::Method::get, "/v1/lots{?sku_id,product_id,merchant_id,cursor,limit}",
              [this](const http::Request& request) { return list(request); });
    router.on(http::Method::get, "/v1/lots/{lot_id}",
              [this](const http::Request& request) { return show(request); });
    router.on(http::Method::post, "/v1/lots/{lot_id}/block",
              [this](const http::Request& request) { return block(request); });
    router.on(http::Method::put, "/v1/lots/{lot_id}/papers",
              [this](const http::Request& request) { return set_papers(request); });
    router.on(http::Method::get, "/v1/lots/{lot_id}/changes{?cursor,limit}",
              [this](const http::Request& request) { return list_changes(request); });
    tables_.mount(router);
}

boost::asio::awaitable<http::Response> LotRoutes::add(const http::Request& request) {
    const auto writer = writer_of(request);
    const auto body = http::read_json(request);
    if (!body) co_return http::respond_with(body.error());
    auto asked = lot_from(*body);
    if (!asked) co_return http::respond_with(asked.error());

    const auto added = co_await registry_.add_lot(std::move(*asked), writer);
    if (!added) co_return http::respond_with(added.error());
    co_return http::json_response(json_of(added->value), added->repeated ? 200 : 201);
}

boost::asio::awaitable<http::Response> LotRoutes::list(const http::Request& request) {
    const auto page = cursors_.page_of(request);
    if (!page) co_return http::respond_with(page.error());
    http::Parameters parameters{request};
    LotFilter filter;
    filter.reader = request.reader();
    filter.sku = parameters.optional_id<SkuId>("sku_id");
    filter.product = parameters.optional_id<ProductId>("product_id");
    filter.merchant = parameters.optional_id<MerchantId>("merchant_id");
    if (const auto error = parameters.complaints()) co_return http::respond_with(*error);
    const auto after = page->after_id<LotId>();
    const auto found = co_await registry_.lots(filter, after, page->limit + 1);
    if (!found) co_return http::respond_with(found.error());
    co_return http::page_response(*found, *page, cursors_);
}

boost::asio::awaitable<http::Response> LotRoutes::show(const http::Request& request) {
    const auto id = http::id_in_path<LotId>(request, "lot_id");
    if (!id) co_return http::respond_with(id.error());
    const auto found = co_await registry_.lot(*id, request.reader());
    if (!found) co_return http::respond_with(found.error());
    auto response = http::json_response(json_of(*found));
    const auto etag = http::etag_of(response.body);
    co_return http::conditional(request, std::move(response), etag);
}

boost::asio::awaitable<http::Response> LotRoutes::block(const http::Request& request) {
    const auto writer = writer_of(request);
    const auto body = http::read_json(request);
    if (!body) co_return http::respond_with(body.error());
    auto reason = reason_from(*body);
    if (!reason) co_return http::respond_with(reason.error());

    const auto lot = http::id_in_path<LotId>(request, "lot_id");
    if (!lot) co_return http::respond_with(lot.error());
    const auto blocked = co_await registry_.block(*lot, std::move(*reason), writer);
    if (!blocked) co_return http::respond_with(blocked.error());
    co_return tagged(*blocked);
}

boost::asio::awaitable<http::Response> LotRoutes::set_papers(const http::Request& request) {
    const auto writer = writer_of(request);
    const auto body = http::read_json(request);
    if (!body) co_return http::respond_with(body.error());
    auto papers = papers_from(*body);
    if (!papers) co_return http::respond_with(papers.error());

    const auto lot = http::id_in_path<LotId>(request, "lot_id");
    if (!lot) co_return http::respond_with(lot.error());
    const auto seen = co_await registry_.lot(*lot, request.reader());
    if (!seen) co_return http::respond_with(seen.error());
    const auto shown = tagged(*seen);
    if (const auto stale = http::check_if_match(request, http::etag_of(shown.body))) {
        co_return http::respond_with(*stale);
    }
    const auto changed = co_await registry_.set_papers(*lot, seen->papers(), std::move(*papers), writer);
    if (!changed) co_return http::respond_with(changed.error());
    co_return tagged(*changed);
}

boost::asio::awaitable<http::Response> LotRoutes::list_changes(const http::Request& request) {
    const auto reader = reader_of(request);
    const auto id = http::id_in_path<LotId>(request, "lot_id");
    if (!id) co_return http::respond_with(id.error());
    auto read = [this, id = *id, reader](std::uint64_t after, std::size_t count) {
        return registry_.changes(id, reader, after, count);
    };
    co_return co_await http::history_page(request, cursors_, read);
}

}  // namespace shanhai::trace
