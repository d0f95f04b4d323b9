#include "orders/http/receipt_table_routes.hpp"

#include "chassis/http/parameters.hpp"
#include "chassis/sheets/table.hpp"
#include "orders/http/receipt_body.hpp"

#include <array>

namespace shanhai::orders {
namespace {

using sheets::Column;
using sheets::Kind;

constexpr std::size_t receipts_at_once = 1'000;
constexpr std::size_t reference_max = 40;

constexpr std::array columns{Column{"lot_id", "批次编号", Kind::integer, true},
                             Column{"quantity", "件数", Kind::integer, true},
                             Column{"reference", "入库单号", Kind::text, true},
                             Column{"note", "备注", Kind::text},
                             Column{"lot_code", "批次号（仅供查看）", Kind::shown},
                             Column{"sku_id", "规格编号（仅供查看）", Kind::shown},
                             Column{"at", "入库时间（仅供查看）", Kind::shown},
                             Column{"receipt_id", "入库编号（仅供查看）", Kind::shown}};

std::string receipt_column(std::string_view pointer) {
    return std::string{pointer.substr(pointer.empty() ? 0 : 1)};
}

Result<ReceiptLine> line_from(std::size_t number, const boost::json::value& cells) {
    http::Fields fields{cells};
    ReceiptLine line{number, {}, 0, fields.text("reference", 1, reference_max), {}};
    read_arrival(fields, line);
    if (auto error = fields.complaints()) return *error;
    return line;
}

Result<ReceiptTable> table_in(const http::Request& request) {
    const auto terms = sheets::terms_of(request);
    if (!terms) return terms.error();
    const auto sheet = sheets::Table::in(request, columns);
    if (!sheet) return sheet.error();
    ReceiptTable table;
    table.terms = *terms;
    auto& report = table.report;
    report.lines = sheet->lines();
    for (std::size_t i = 0; i < sheet->lines(); ++i) {
        const auto number = sheet->number_of(i);
        auto line = line_from(number, sheet->object_of(i, report.faults));
        if (!line) {
            report.faults.add(number, line.error(), receipt_column);
        } else if (!report.faults.has(number)) {
            table.lines.push_back(std::move(*line));
        }
    }
    return table;
}

void write(std::string& out, const ReceiptRecord& receipt) {
    sheets::CsvLine{out}
        .cell(number(receipt.lot))
        .cell(static_cast<std::uint64_t>(receipt.quantity))
        .cell(receipt.reference)
        .cell(receipt.note)
        .cell(receipt.lot_code)
        .cell(number(receipt.sku))
        .cell(rfc3339(receipt.at))
        .cell(receipt.id);
}

}  // namespace

void ReceiptTableRoutes::mount(http::Router& router) {
    router.on(http::Method::post, "/v1/stock/imports{?check}",
              [this](const http::Request& request) { return take(request); });
    router.on(http::Method::get, "/v1/stock/export.csv{?from}",
              [this](const http::Request& request) { return give(request); });
}

boost::asio::awaitable<http::Response> ReceiptTableRoutes::take(const http::Request& request) {
    std::function<Result<ReceiptTable>()> read = [&request] { return table_in(request); };
    auto table = co_await clerk_.run(std::move(read));
    if (!table) co_return http::respond_with(table.error());
    const auto report = co_await desk_.take(std::move(*table));
    if (!report) co_return http::respond_with(report.error());
    co_return sheets::response_of(*report);
}

boost::asio::awaitable<http::Response> ReceiptTableRoutes::give(const http::Request& request) {
    http::Parameters parameters{request};
    const auto day = parameters.optional_checked<Date>("from", parse_date);
    if (const auto error = parameters.complaints()) co_return http::respond_with(*error);
    std::optional<Instant> from;
    if (day) from = start_of(*day);
    std::string table;
    sheets::write_headings(table, columns);
    std::size_t lines = 0;
    std::uint64_t after = 0;
    while (true) {
        const auto receipts = co_await desk_.receipts(from, after, receipts_at_once);
        if (!receipts) co_return http::respond_with(receipts.error());
        for (const auto& receipt : *receipts) write(table, receipt);
        lines += receipts->size();
        if (receipts->size() < receipts_at_once) break;
        if (lines >= sheets::export_lines_max) co_return http::respond_with(sheets::export_too_long());
        after = receipts->back().id;
    }
    co_return sheets::table_response(std::move(table), "receipts.csv");
}

}  // namespace shanhai::orders
