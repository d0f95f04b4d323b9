#include "audit/store/report_store.hpp"

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

struct Counts {
    std::int64_t orders = 0;
    std::int64_t buyers = 0;
};

std::map<std::string, Counts> read_counts(database::Session& session, const Month& month) {
    auto rows =
        session.query("SELECT county_code, orders, buyers FROM county_month WHERE month = ?", month.text());
    std::map<std::string, Counts> counts;
    while (rows.next()) counts[rows.text(0)] = {rows.integer(1), rows.integer(2)};
    return counts;
}

std::map<std::string, std::vector<ReportRow>> read_channels(database::Session& session, const Scope& scope) {
    auto rows =
        session.ask("SELECT county_code, channel, " + std::string{sums} + " FROM rollup" + condition(scope) +
                    " GROUP BY county_code, channel ORDER BY county_code, channel");
    std::map<std::string, std::vector<ReportRow>> channels;
    while (rows.next()) channels[rows.text(0)].push_back({rows.text(1), "", figures_at(rows, 2)});
    return channels;
}

/// A month's sums by county, from the canonical bytes of its entries alone. (MariaDB reads a JSON true as 1,
/// MySQL as «true».)
std::map<std::string, Figures> sums_of_entries(database::Session& session, const Month& month) {
    auto rows = session.query(
        "SELECT JSON_VALUE(body, '$.county'), SUM(counted), SUM(counted * quantity), SUM(counted * "
        "weight_g), "
        "SUM(counted * total_fen), 0, SUM(1 - counted), SUM((1 - counted) * total_fen) FROM ("
        "SELECT body, JSON_VALUE(body, '$.counted') IN ('1', 'true') AS counted, "
        "CAST(JSON_VALUE(body, '$.quantity') AS SIGNED) AS quantity, "
        "CAST(JSON_VALUE(body, '$.weight_g') AS SIGNED) AS weight_g, "
        "CAST(JSON_VALUE(body, '$.total_fen') AS SIGNED) AS total_fen "
        "FROM (SELECT CONVERT(body USING utf8mb4) AS body FROM ledger_entry) AS texts "
        "WHERE JSON_VALUE(body, '$.month') = ?) AS read_entries GROUP BY 1",
        month.text());
    std::map<std::string, Figures> found;
    while (rows.next()) found[rows.text(0)] = figures_at(rows, 1);
    return found;
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

std::vector<CountyRow> counties(database::Session& session, const Scope& scope) {
    const auto counts = read_counts(session, scope.month);
    auto channels = read_channels(session, scope);
    std::vector<CountyRow> found;
    for (auto& row : grouped(session, scope, Grouping::county)) {
        const auto counted = counts.find(row.key);
        const auto county_counts = counted == counts.end() ? Counts{} : counted->second;
        auto by_channel = std::move(channels[row.key]);
        sort_by_net(by_channel);
        found.push_back({std::move(row), county_counts.orders, county_counts.buyers, std::move(by_channel)});
    }
    return found;
}

std::vector<LedgerLine> lines(database::Session& session, const Scope& scope, std::uint64_t first_index,
                              std::size_t limit) {
    auto text = database::Session::bind(
        "SELECT entry_index, body FROM ledger_entry WHERE lot_id = ? AND month = ? AND entry_index >= ?",
        {scope.lot.value_or(0), scope.month.text(), first_index});
    if (scope.county_code) text += " AND county_code = " + database::Literal{*scope.county_code}.text();
    if (scope.channel) text += " AND channel = " + database::Literal{*scope.channel}.text();
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

Recomputation recompute(database::Session& session, const Month& month) {
    Recomputation result;
    auto hashes = session.query(
        "SELECT COUNT(*), COALESCE(SUM(leaf_hash <> UNHEX(SHA2(CONCAT(X'00', body), 256))), 0) FROM "
        "ledger_entry");
    if (hashes.next()) {
        result.entries = hashes.natural(0);
        result.hashes_differing = hashes.natural(1);
    }
    auto recomputed = sums_of_entries(session, month);
    for (const auto& row : grouped(session, Scope{month, {}, {}, {}, {}, {}}, Grouping::county)) {
        if (recomputed[row.key] != row.figures) result.differences.push_back(row.key);
        recomputed.erase(row.key);
    }
    for (const auto& [county, figures] : recomputed) result.differences.push_back(county);
    return result;
}

}  // namespace shanhai::audit
