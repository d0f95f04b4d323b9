#include "trace/http/lot_table_routes.hpp"

#include "chassis/http/parameters.hpp"
#include "trace/http/lot_sheet.hpp"
#include "trace/http/staff.hpp"

namespace shanhai::trace {
namespace {

constexpr std::size_t lots_at_once = 1'000;

Result<LotTable> table_in(const http::Request& request) {
    const auto terms = sheets::terms_of(request);
    if (!terms) return terms.error();
    const auto sheet = sheets::Table::in(request, lot_columns_of_tables());
    if (!sheet) return sheet.error();
    LotTable table;
    table.terms = *terms;
    table.report.lines = sheet->lines();
    table.lines = lot_lines(*sheet, table.report.faults);
    return table;
}

}  // namespace

void LotTableRoutes::mount(http::Router& router) {
    router.on(http::Method::post, "/v1/lots/imports{?check}",
              [this](const http::Request& request) { return take(request); });
    router.on(http::Method::get, "/v1/lots/export.csv{?merchant_id}",
              [this](const http::Request& request) { return give(request); });
}

boost::asio::awaitable<http::Response> LotTableRoutes::take(const http::Request& request) {
    std::function<Result<LotTable>()> read = [&request] { return table_in(request); };
    auto table = co_await clerk_.run(std::move(read));
    if (!table) co_return http::respond_with(table.error());
    const auto report = co_await registry_.add_lots(std::move(*table), writer_of(request));
    if (!report) co_return http::respond_with(report.error());
    co_return sheets::response_of(*report);
}

boost::asio::awaitable<http::Response> LotTableRoutes::give(const http::Request& request) {
    http::Parameters parameters{request};
    const auto merchant = parameters.optional_id<MerchantId>("merchant_id");
    if (const auto error = parameters.complaints()) co_return http::respond_with(*error);
    std::string table;
    sheets::write_headings(table, lot_columns_of_tables());
    const auto reader = writer_of(request);
    std::size_t lines = 0;
    LotId after{};
    while (true) {
        const auto lots = co_await registry_.lots_for(reader, merchant, after, lots_at_once);
        if (!lots) co_return http::respond_with(lots.error());
        for (const auto& lot : *lots) write_lot(table, lot);
        lines += lots->size();
        if (lots->size() < lots_at_once) break;
        if (lines >= sheets::export_lines_max) co_return http::respond_with(sheets::export_too_long());
        after = lots->back().lot.id;
    }
    co_return sheets::table_response(std::move(table), "lots.csv");
}

}  // namespace shanhai::trace
