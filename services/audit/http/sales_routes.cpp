#include "audit/http/sales_routes.hpp"

#include "audit/http/entry_json.hpp"
#include "audit/http/report_json.hpp"
#include "chassis/http/json.hpp"
#include "chassis/http/parameters.hpp"
#include "chassis/sheets/csv.hpp"
#include "chassis/sheets/table.hpp"
#include "vocabulary/trade.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>

namespace shanhai::audit {
namespace {

namespace json = boost::json;

constexpr std::chrono::days days_default{30};
constexpr Date earliest{std::chrono::year{1900} / 1 / 1};  // None before is read or written anywhere.
/// Programs read the first twelve, which stay where they are; the others say the same for people.
constexpr std::array<std::string_view, 17> headings{
    "日期",       "渠道",       "产品编号",   "产品名称",   "计入帮扶的件数", "毛额（分）",
    "退款（分）", "净额（分）", "重量（克）", "行数",       "未计入的件数",   "未计入（分）",
    "渠道名称",   "毛额（元）", "退款（元）", "净额（元）", "未计入（元）"};
/// As the pages call them (services/web/src/desk/messages/channels.ts).
constexpr std::array<std::string_view, 15> channel_names{
    "地铁扫码", "包装扫码", "展销中心", "展示会", "直播",   "广播",   "门店", "批发",
    "进机关",   "进商超",   "进食堂",   "进校园", "进社区", "进企业", "线上"};
static_assert(channel_names.size() == WireNames<ChannelKind>::names.size());

std::string_view said_of(std::string_view channel) {
    const auto kind = from_wire_name<ChannelKind>(channel);
    return kind ? channel_names.at(static_cast<std::size_t>(*kind)) : channel;
}

SalesReader reader_of(const http::Request& request) {
    const auto& staff = request.staff();
    return {OrganisationId{staff.organisation}, !staff.has("operator") && !staff.has("auditor")};
}

json::object sold_json(const SaleFigures& sold) {
    auto out = figures_to_json(sold.figures);
    out["uncounted_quantity"] = sold.uncounted_quantity;
    return out;
}

json::array rows_json(const std::vector<SalesRow>& rows, const std::string& key) {
    json::array items;
    for (const auto& row : rows) {
        auto item = sold_json(row.figures);
        if (key == "product_id") {
            item[key] = std::stoull(row.key);
            item["name"] = row.name;
        } else {
            item[key] = row.key;
        }
        items.push_back(std::move(item));
    }
    return items;
}

void add_line(std::string& out, const SalesLine& sold) {
    const auto& figures = sold.figures.figures;
    sheets::CsvLine line{out};
    line.cell(date_text(sold.key.day))
        .cell(sold.key.channel)
        .cell(sold.key.product)
        .cell(sold.product_name)
        .cell(figures.quantity)
        .cell(figures.gross.count())
        .cell(figures.refund.count())
        .cell(figures.net().count())
        .cell(figures.weight.count())
        .cell(figures.line_count)
        .cell(sold.figures.uncounted_quantity)
        .cell(figures.uncounted.count())
        .cell(said_of(sold.key.channel))
        .cell(figures.gross)
        .cell(figures.refund)
        .cell(figures.net())
        .cell(figures.uncounted);
}

}  // namespace

void SalesRoutes::mount(http::Router& router) {
    router.on(http::Method::get, "/v1/sales{?merchant_id,from,to}",
              [this](const http::Request& request) { return show(request); });
    router.on(http::Method::get, "/v1/sales.csv{?merchant_id,from,to}",
              [this](const http::Request& request) { return table(request); });
}

/// Without days the thirty that end today.
Result<SalesRoutes::Asked> SalesRoutes::read(const http::Request& request) const {
    http::Parameters parameters{request};
    Asked asked;
    asked.merchant = parameters.id<MerchantId>("merchant_id");
    const auto to = parameters.optional_checked<Date>("to", parse_date);
    const auto from = parameters.optional_checked<Date>("from", parse_date);
    asked.days.last = to.value_or(shanghai_date(desk_.clock().now()));
    asked.days.first =
        from.value_or(std::max(earliest, asked.days.last - days_default + std::chrono::days{1}));
    if (asked.days.last < asked.days.first) parameters.complain("to", "must not be before from");
    if (asked.days.last - asked.days.first >= DayRange::length_max)
        parameters.complain("from", "must be within 366 days of to");
    if (auto error = parameters.complaints()) return *error;
    return asked;
}

SalesRoutes::Answer SalesRoutes::show(const http::Request& request) {
    const auto asked = read(request);
    if (!asked) co_return http::respond_with(asked.error());
    const auto told = co_await desk_.sales(reader_of(request), asked->merchant, asked->days);
    if (!told) co_return http::respond_with(told.error());
    json::object body;
    body["merchant_id"] = number(asked->merchant);
    body["merchant_name"] = told->merchant_name;
    body["from"] = date_text(asked->days.first);
    body["to"] = date_text(asked->days.last);
    body["totals"] = sold_json(told->answer.totals());
    body["by_day"] = rows_json(told->answer.by_day, "day");
    body["by_channel"] = rows_json(told->answer.by_channel, "channel");
    body["by_product"] = rows_json(told->answer.by_product, "product_id");
    body["ledger"] = ledger_to_json(told->head.size, told->head.root);
    co_return http::json_response(body);
}

SalesRoutes::Answer SalesRoutes::table(const http::Request& request) {
    const auto asked = read(request);
    if (!asked) co_return http::respond_with(asked.error());
    const auto told = co_await desk_.lines(reader_of(request), asked->merchant, asked->days);
    if (!told) co_return http::respond_with(told.error());
    if (told->answer.size() > sheets::export_lines_max)
        co_return http::respond_with(sheets::export_too_long());
    http::Response response;
    response.content_type = "text/csv; charset=utf-8";
    response.body = sheets::byte_order_mark;
    {
        sheets::CsvLine line{response.body};
        for (const auto heading : headings) line.cell(heading);
    }
    for (const auto& line : told->answer) add_line(response.body, line);
    response.headers.emplace_back("Content-Disposition", "attachment; filename=\"sales-" +
                                                             date_text(asked->days.first) + '-' +
                                                             date_text(asked->days.last) + ".csv\"");
    response.headers.emplace_back("Cache-Control", "no-store");
    co_return response;
}

}  // namespace shanhai::audit
