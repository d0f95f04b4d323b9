#include "audit/http/report_json.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

namespace shanhai::audit {
namespace {

namespace json = boost::json;

/// "merchant_id" holds a number, "county_code" a text.
void put_key(json::object& row, const std::string& key, const std::string& value) {
    if (key.ends_with("_id")) {
        row[key] = std::stoull(value);
    } else {
        row[key] = value;
    }
}

json::object row_to_json(const ReportRow& row, const std::string& key) {
    auto object = figures_to_json(row.figures);
    put_key(object, key, row.key);
    object["name"] = row.name;
    return object;
}

}  // namespace

json::object figures_to_json(const Figures& figures) {
    json::object object;
    object["net_fen"] = figures.net().count();
    object["gross_fen"] = figures.gross.count();
    object["refund_fen"] = figures.refund.count();
    object["uncounted_fen"] = figures.uncounted.count();
    object["weight_g"] = figures.weight.count();
    object["quantity"] = figures.quantity;
    object["lines"] = figures.line_count;
    object["uncounted_lines"] = figures.uncounted_lines;
    return object;
}

json::object rows_to_json(const std::vector<ReportRow>& rows, const std::string& key) {
    json::array items;
    Figures total;
    for (const auto& row : rows) {
        items.push_back(row_to_json(row, key));
        total += row.figures;
    }
    json::object object;
    object["items"] = std::move(items);
    object["totals"] = figures_to_json(total);
    return object;
}

json::object report_to_json(const MonthReport& report) {
    json::array items;
    Figures total;
    for (const auto& county : report.counties) {
        auto item = row_to_json(county.row, "county_code");
        item["orders"] = county.orders;
        item["buyers"] = county.buyers;
        json::array channels;
        for (const auto& channel : county.by_channel) channels.push_back(row_to_json(channel, "channel"));
        item["by_channel"] = std::move(channels);
        items.push_back(std::move(item));
        total += county.row.figures;
    }
    json::object object;
    object["items"] = std::move(items);
    auto totals = figures_to_json(total);
    totals["orders"] = report.orders;
    totals["buyers"] = report.buyers;
    object["totals"] = std::move(totals);
    return object;
}

json::object page_to_json(const std::vector<LedgerLine>& lines, std::size_t most) {
    json::object body;
    auto& items = body["items"].emplace_array();
    for (std::size_t i = 0; i < std::min(lines.size(), most); ++i) {
        auto item = json::parse(lines[i].entry).as_object();
        item["index"] = lines[i].index;
        items.push_back(std::move(item));
    }
    body["next"] = nullptr;
    if (lines.size() > most) body["next"] = std::to_string(lines.back().index);
    return body;
}

}  // namespace shanhai::audit
