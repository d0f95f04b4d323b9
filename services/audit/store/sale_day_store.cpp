#include "audit/store/sale_day_store.hpp"

#include "audit/store/ledger_store.hpp"
#include "chassis/events/set_aside.hpp"

#include <algorithm>
#include <stdexcept>

namespace shanhai::audit {
namespace {

using database::Session;

constexpr std::uint64_t summed_at_once = 5000;

constexpr std::string_view measures =
    "line_count, quantity, weight_g, gross_fen, refund_fen, uncounted_lines, uncounted_quantity, "
    "uncounted_fen";
constexpr std::string_view sums =
    "SUM(line_count), SUM(quantity), SUM(weight_g), SUM(gross_fen), SUM(refund_fen), SUM(uncounted_lines), "
    "SUM(uncounted_quantity), SUM(uncounted_fen)";

SaleFigures figures_at(const database::Rows& rows, unsigned column) {
    SaleFigures sold;
    sold.figures.line_count = rows.integer(column);
    sold.figures.quantity = rows.integer(column + 1);
    sold.figures.weight = Gram{rows.integer(column + 2)};
    sold.figures.gross = Fen{rows.integer(column + 3)};
    sold.figures.refund = Fen{rows.integer(column + 4)};
    sold.figures.uncounted_lines = rows.integer(column + 5);
    sold.uncounted_quantity = rows.integer(column + 6);
    sold.figures.uncounted = Fen{rows.integer(column + 7)};
    return sold;
}

void write(Session& session, const SaleDays& days) {
    database::Insert insert{
        "INSERT INTO sale_day (merchant_id, day, channel, product_id, " + std::string{measures} + ") VALUES",
        "ON DUPLICATE KEY UPDATE line_count = line_count + VALUES(line_count), "
        "quantity = quantity + VALUES(quantity), weight_g = weight_g + VALUES(weight_g), "
        "gross_fen = gross_fen + VALUES(gross_fen), refund_fen = refund_fen + VALUES(refund_fen), "
        "uncounted_lines = uncounted_lines + VALUES(uncounted_lines), "
        "uncounted_quantity = uncounted_quantity + VALUES(uncounted_quantity), "
        "uncounted_fen = uncounted_fen + VALUES(uncounted_fen)"};
    for (const auto& [key, sold] : days) {
        const auto& figures = sold.figures;
        insert.row(key.merchant, key.day, key.channel, key.product, figures.line_count, figures.quantity,
                   figures.weight.count(), figures.gross.count(), figures.refund.count(),
                   figures.uncounted_lines, sold.uncounted_quantity, figures.uncounted.count());
    }
    insert.run(session);
}

std::uint64_t summed_size(Session& session) {
    auto rows = session.query("SELECT size FROM sale_day_progress WHERE id = 1");
    if (!rows.next()) throw std::runtime_error{"the table sale_day_progress has lost its row"};
    return rows.natural(0);
}

void move_on(Session& session, std::uint64_t from, std::uint64_t to) {
    const auto moved =
        session.execute("UPDATE sale_day_progress SET size = ? WHERE id = 1 AND size = ?", to, from);
    if (moved != 1) throw std::runtime_error{"older entries are not summed up yet"};
}

Result<bool> catch_up_once(Session& session) {
    const auto size = lock_head(session).size;
    const auto summed = summed_size(session);
    if (summed >= size) return false;
    const auto upto = std::min(size, summed + summed_at_once);
    SaleDays days;
    const auto bodies = entries(session, summed, upto - summed);
    if (bodies.size() != upto - summed) throw std::runtime_error{"entries of the ledger are missing"};
    for (const auto& body : bodies) {
        const auto sale = read_entry(body);
        if (!sale) throw std::runtime_error{"an entry cannot be summed up; the ledger was altered"};
        add_sale(days, *sale);
    }
    write(session, days);
    move_on(session, summed, upto);
    return true;
}

std::string named(const SaleDayKey& key) {
    return "day " + date_text(key.day) + " merchant " + std::to_string(key.merchant) + " product " +
           std::to_string(key.product) + " " + key.channel;
}

std::string condition(MerchantId merchant, const DayRange& days) {
    return database::Session::bind(" WHERE merchant_id = ? AND day BETWEEN ? AND ?",
                                   {merchant, days.first, days.last});
}

std::vector<SalesRow> grouped(Session& session, const std::string& column, MerchantId merchant,
                              const DayRange& days) {
    auto rows = session.ask("SELECT " + column + ", " + std::string{sums} + " FROM sale_day" +
                            condition(merchant, days) + " GROUP BY " + column + " ORDER BY " + column);
    std::vector<SalesRow> found;
    while (rows.next()) found.push_back({rows.text(0), "", figures_at(rows, 1)});
    return found;
}

void sort_by_net(std::vector<SalesRow>& rows) {
    std::ranges::stable_sort(rows, [](const auto& left, const auto& right) {
        return left.figures.figures.net() > right.figures.figures.net();
    });
}

}  // namespace

std::uint64_t summed_entries(Session& session) { return summed_size(session); }

void add_sale_days(Session& session, std::uint64_t first_index, const std::vector<NewOrder>& orders) {
    SaleDays days;
    std::uint64_t lines = 0;
    for (const auto& order : orders) {
        for (const auto& sale : order.lines) add_sale(days, sale);
        lines += order.lines.size();
    }
    move_on(session, first_index, first_index + lines);
    write(session, days);
}

Result<Done> catch_up_sale_days(database::Pool& pool) {
    for (bool more = true; more;) {
        const auto done = pool.transact_blocking(catch_up_once);
        if (!done) return done.error();
        more = *done;
    }
    return Done{};
}

void check_sale_days(Session& session, const Month& month, SaleDays expected, Recomputation& found) {
    auto rows = session.query(
        "SELECT merchant_id, day, channel, product_id, line_count, quantity, weight_g, gross_fen, refund_fen, "
        "uncounted_lines, uncounted_quantity, uncounted_fen FROM sale_day WHERE day >= ? AND day < ?",
        shanghai_date(month.from()), shanghai_date(month.until()));
    while (rows.next()) {
        const SaleDayKey key{rows.natural(0), rows.date(1), rows.text(2), rows.natural(3)};
        const auto sum = expected.find(key);
        const bool made = sum != expected.end();
        if (!made || sum->second != figures_at(rows, 4)) {
            found.differs("rollup", named(key),
                          made ? "its entries make other sums" : "no entry makes this row");
        }
        if (made) expected.erase(sum);
    }
    for (const auto& [key, sum] : expected) found.differs("rollup", named(key), "this row is missing");
}

MerchantSales sales_of(Session& session, MerchantId merchant, const DayRange& days) {
    MerchantSales sales{grouped(session, "day", merchant, days), grouped(session, "channel", merchant, days),
                        grouped(session, "product_id", merchant, days)};
    auto names = session.ask(
        "SELECT product_id, name FROM product WHERE product_id IN (SELECT product_id "
        "FROM sale_day" +
        condition(merchant, days) + ")");
    std::map<std::string, std::string> known;
    while (names.next()) known.emplace(names.text(0), names.text(1));
    for (auto& row : sales.by_product) row.name = known[row.key];
    sort_by_net(sales.by_channel);
    sort_by_net(sales.by_product);
    return sales;
}

std::vector<SalesLine> sales_lines(Session& session, MerchantId merchant, const DayRange& days,
                                   std::size_t count) {
    auto rows = session.ask(
        "SELECT d.day, d.channel, d.product_id, COALESCE(p.name, ''), line_count, quantity, weight_g, "
        "gross_fen, refund_fen, uncounted_lines, uncounted_quantity, uncounted_fen FROM sale_day d LEFT JOIN "
        "product p ON p.product_id = d.product_id" +
        condition(merchant, days) + " ORDER BY d.day, d.channel, d.product_id LIMIT " +
        std::to_string(count));
    std::vector<SalesLine> lines;
    while (rows.next()) {
        lines.push_back({{number(merchant), rows.date(0), rows.text(1), rows.natural(2)},
                         rows.text(3),
                         figures_at(rows, 4)});
    }
    return lines;
}

std::optional<SellingMerchant> find_merchant(Session& session, MerchantId merchant) {
    auto rows = session.query("SELECT name, organisation_id FROM merchant WHERE merchant_id = ?", merchant);
    if (!rows.next() || events::is_untrusted(session, "shanhai.event.v1.MerchantRegistered", "merchant_id",
                                             std::to_string(number(merchant)))) {
        return std::nullopt;
    }
    return SellingMerchant{rows.text(0), rows.id<OrganisationId>(1)};
}

}  // namespace shanhai::audit
