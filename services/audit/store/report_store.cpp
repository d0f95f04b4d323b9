#include "audit/store/report_store.hpp"

#include "audit/store/count_store.hpp"

#include <algorithm>
#include <map>

namespace shanhai::audit {
namespace {

/// A grouping's column and the query that names its keys.
struct Dimension {
    std::string_view column;
    std::string_view names;
};

Dimension dimension(Grouping by) {
    switch (by) {
        case Grouping::county:
            return {"county_code", "SELECT name FROM county WHERE county_code = ?"};
        case Grouping::merchant:
            return {"merchant_id", "SELECT name FROM merchant WHERE merchant_id = ?"};
        case Grouping::product:
            return {"product_id", "SELECT name FROM product WHERE product_id = ?"};
        case Grouping::lot:
            return {"lot_id", "SELECT lot_code FROM lot WHERE lot_id = ?"};
        case Grouping::channel:
            return {"channel", ""};
        case Grouping::district:
            return {"district", "SELECT name FROM county WHERE county_code = ?"};
    }
    return {"county_code", ""};
}

std::string condition(const Scope& scope) {
    auto text = database::Session::bind(" WHERE month = ?", {scope.month.text()});
    const auto narrow = [&](std::string_view column, const auto& value) {
        if (value) text += " AND " + std::string{column} + " = " + database::Literal{*value}.text();
    };
    narrow("county_code", scope.county_code);
    narrow("merchant_id", scope.merchant);
    narrow("product_id", scope.product);
    narrow("lot_id", scope.lot);
    narrow("channel", scope.channel);
    return text;
}

constexpr std::string_view sums =
    "SUM(line_count), SUM(quantity), SUM(weight_g), SUM(gross_fen), SUM(refund_fen), SUM(uncounted_lines), "
    "SUM(uncounted_fen)";

Figures figures_at(const database::Rows& rows, unsigned column) {
    Figures figures;
    figures.line_count = rows.integer(column);
    figures.quantity = rows.integer(column + 1);
    figures.weight = Gram{rows.integer(column + 2)};
    figures.gross = Fen{rows.integer(column + 3)};
    figures.refund = Fen{rows.integer(column + 4)};
    figures.uncounted_lines = rows.integer(column + 5);
    figures.uncounted = Fen{rows.integer(column + 6)};
    return figures;
}

void sort_by_net(std::vector<ReportRow>& rows) {
    std::ranges::stable_sort(
        rows, [](const auto& left, const auto& right) { return left.figures.net() > right.figures.net(); });
}

std::map<std::string, std::vector<ReportRow>> read_channels(database::Session& session, const Scope& scope) {
    auto rows =
        session.ask("SELECT county_code, channel, " + std::string{sums} + " FROM rollup" + condition(scope) +
                    " GROUP BY county_code, channel ORDER BY county_code, channel");
    std::map<std::string, std::vector<ReportRow>> channels;
    while (rows.next()) channels[rows.text(0)].push_back({rows.text(1), "", figures_at(rows, 2)});
    return channels;
}

}  // namespace

std::string name_of(database::Session& session, Grouping by, const std::string& key) {
    const auto names = dimension(by).names;
    if (names.empty()) return {};
    auto rows = session.query(names, key);
    return rows.next() ? rows.text(0) : std::string{};
}

std::vector<ReportRow> grouped(database::Session& session, const Scope& scope, Grouping by) {
    const std::string column{dimension(by).column};
    auto rows = session.ask("SELECT " + column + ", " + std::string{sums} + " FROM rollup" +
                            condition(scope) + " GROUP BY " + column + " ORDER BY " + column);
    std::vector<ReportRow> found;
    while (rows.next()) found.push_back({rows.text(0), "", figures_at(rows, 1)});
    for (auto& row : found) row.name = name_of(session, by, row.key);
    sort_by_net(found);
    return found;
}

MonthReport month_report(database::Session& session, const Scope& scope) {
    auto counts = read_counts(session, scope.month, scope.channel);
    auto channels = read_channels(session, scope);
    MonthReport report;
    report.orders = counts[""].orders;
    report.buyers = counts[""].buyers;
    for (auto& row : grouped(session, scope, Grouping::county)) {
        const auto found = counts[row.key];
        auto by_channel = std::move(channels[row.key]);
        sort_by_net(by_channel);
        report.counties.push_back({std::move(row), found.orders, found.buyers, std::move(by_channel)});
    }
    return report;
}

std::vector<LedgerLine> lines(database::Session& session, const Scope& scope, std::uint64_t first_index,
                              std::size_t limit) {
    auto text = database::Session::bind(
        "SELECT entry_index, body FROM ledger_entry WHERE lot_id = ? AND month = ? AND entry_index >= ?",
        {scope.lot.value_or(0), scope.month.text(), first_index});
    if (scope.county_code) text += " AND county_code = " + database::Literal{*scope.county_code}.text();
    if (scope.channel) text += " AND channel = " + database::Literal{*scope.channel}.text();
    // A path that names another merchant or product has no figures, and so no lines.
    text += " AND EXISTS (SELECT 1 FROM rollup" + condition(scope) + ")";
    auto rows = session.ask(text + " ORDER BY entry_index LIMIT " + std::to_string(limit));
    std::vector<LedgerLine> found;
    while (rows.next()) found.push_back({rows.natural(0), rows.text(1)});
    return found;
}

std::vector<std::string> months(database::Session& session) {
    auto rows = session.query("SELECT DISTINCT month FROM rollup ORDER BY month DESC");
    std::vector<std::string> found;
    while (rows.next()) found.push_back(rows.text(0));
    return found;
}

}  // namespace shanhai::audit
