#include "orders/store/stock_book.hpp"

#include "orders/store/fact_store.hpp"
#include "orders/store/sql.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <stdexcept>

namespace shanhai::orders {
namespace {

constexpr std::array<std::string_view, 5> move_names{"RECEIPT", "RESERVE", "RELEASE", "SALE", "CORRECTION"};

std::pair<std::int64_t, std::int64_t> deltas(StockMove move, std::int64_t quantity) {
    switch (move) {
        case StockMove::receipt:
        case StockMove::correction:
            return {quantity, 0};
        case StockMove::reserve:
            return {0, quantity};
        case StockMove::release:
            return {0, -quantity};
        case StockMove::sale:
            return {-quantity, -quantity};
    }
    throw std::logic_error{"an unknown stock move"};
}

}  // namespace

void StockBook::lock(std::vector<LotId> lots, Locking locking) {
    std::ranges::sort(lots);
    lots.erase(std::unique(lots.begin(), lots.end()), lots.end());
    if (lots.empty()) return;
    // The lot's own row is locked too, so that a recall and a sale cannot pass each other; and first, as by
    // whoever saves what was told of a lot.
    auto rows = session_.ask(
        "SELECT STRAIGHT_JOIN l.lot_id, l.sku_id, l.lot_code, l.county_code, l.production_day, l.expiry_day, "
        "l.saleable, s.on_hand, s.reserved, l.quantity, " +
        std::string{doubts_count} +
        " FROM lot l JOIN stock s ON s.lot_id = l.lot_id WHERE "
        "l.lot_id IN " +
        in_list(lots) + " ORDER BY l.lot_id" + std::string{locking_clause(locking)});
    std::optional<std::set<std::string>> doubtful;
    while (rows.next()) {
        // What could not be learnt of a lot may have been that it is blocked: nothing of it is handed over.
        if (!doubtful && rows.integer(10) > 0) doubtful = doubtful_lots(session_);
        Lot lot{rows.id<LotId>(0),
                rows.id<SkuId>(1),
                rows.text(2),
                rows.text(3),
                rows.optional_date(4),
                rows.optional_date(5),
                rows.integer(6) != 0 && !(doubtful && doubtful->contains(rows.text(0))),
                rows.optional_integer(9)};
        const auto id = lot.id;
        lots_.insert_or_assign(id, LotStock{std::move(lot), rows.integer(7), rows.integer(8)});
    }
    if (locking == Locking::skip_locked) find_busy(lots);
}

/// A row that was not read is locked by somebody or is none.
void StockBook::find_busy(const std::vector<LotId>& asked) {
    std::vector<LotId> missing;
    std::ranges::copy_if(asked, std::back_inserter(missing),
                         [this](LotId lot) { return !lots_.contains(lot); });
    if (missing.empty()) return;
    auto rows = session_.ask("SELECT lot_id FROM stock WHERE lot_id IN " + in_list(missing));
    while (rows.next()) busy_.insert(rows.id<LotId>(0));
}

std::vector<LotStock> StockBook::locked() const {
    std::vector<LotStock> all;
    all.reserve(lots_.size());
    for (const auto& [id, stock] : lots_) all.push_back(stock);
    return all;
}

const LotStock* StockBook::find(LotId lot) const {
    const auto found = lots_.find(lot);
    return found == lots_.end() ? nullptr : &found->second;
}

void StockBook::post(StockMove move, LotId lot, std::int64_t quantity, std::optional<OrderId> order,
                     Instant at) {
    const auto found = lots_.find(lot);
    if (found == lots_.end()) throw std::logic_error{"a stock move of a lot that is not locked"};
    const auto [on_hand, reserved] = deltas(move, quantity);
    auto& stock = found->second;
    stock.on_hand += on_hand;
    stock.reserved += reserved;
    if (stock.reserved < 0 || stock.reserved > stock.on_hand) {
        throw std::logic_error{"a stock move that would make a lot negative"};
    }
    journal_.push_back({move, lot, on_hand, reserved, order, at});
}

void StockBook::flush(Facts& facts) {
    if (journal_.empty()) return;
    database::Insert journal{
        "INSERT INTO stock_journal (lot_id, entry_id, kind, delta_on_hand, delta_reserved, order_id, at) "
        "VALUES"};
    std::set<LotId> touched;
    for (const auto& entry : journal_) {
        touched.insert(entry.lot);
        journal.row(entry.lot, entries_.next(), move_names[static_cast<std::size_t>(entry.move)],
                    entry.on_hand, entry.reserved, entry.order, entry.at);
    }
    database::Insert update{"INSERT INTO stock (lot_id, sku_id, on_hand, reserved) VALUES",
                            "ON DUPLICATE KEY UPDATE on_hand = VALUES(on_hand), reserved = VALUES(reserved)"};
    for (const auto lot : touched) {
        const auto& stock = lots_.at(lot);
        update.row(lot, stock.lot.sku, stock.on_hand, stock.reserved);
        facts.stock.push_back({lot, stock.lot.sku, stock.available()});
    }
    journal.run(session_);
    update.run(session_);
    journal_.clear();
}

}  // namespace shanhai::orders
