#include "orders/store/stock_views.hpp"

#include "orders/store/sql.hpp"

namespace shanhai::orders {

std::map<SkuId, std::vector<LotLevel>> load_levels(database::Session& session, std::span<const SkuId> skus) {
    std::map<SkuId, std::vector<LotLevel>> levels;
    auto rows = session.ask(
        "SELECT l.lot_id, l.sku_id, l.lot_code, l.county_code, l.production_day, l.expiry_day, l.saleable, "
        "s.on_hand, s.reserved FROM lot l JOIN stock s ON s.lot_id = l.lot_id WHERE l.sku_id IN " +
        in_list(skus) + " ORDER BY l.expiry_day IS NULL, l.expiry_day, l.lot_id");
    while (rows.next()) {
        levels[rows.id<SkuId>(1)].push_back(
            {{rows.id<LotId>(0), rows.id<SkuId>(1), rows.text(2), rows.text(3), rows.optional_date(4),
              rows.optional_date(5), rows.integer(6) != 0},
             rows.integer(7),
             rows.integer(8)});
    }
    return levels;
}

std::vector<JournalEntry> load_journal(database::Session& session, SkuId sku, std::uint64_t before,
                                       std::size_t limit) {
    std::vector<JournalEntry> entries;
    auto rows = session.query(
        "SELECT j.entry_id, j.lot_id, j.kind, j.delta_on_hand, j.delta_reserved, o.order_number, j.at FROM "
        "lot "
        "l JOIN stock_journal j ON j.lot_id = l.lot_id LEFT JOIN orders o ON o.order_id = j.order_id WHERE "
        "l.sku_id = ? AND j.entry_id < ? ORDER BY j.entry_id DESC LIMIT ?",
        sku, before, limit);
    while (rows.next()) {
        entries.push_back({rows.natural(0), rows.id<LotId>(1), rows.text(2), rows.integer(3), rows.integer(4),
                           rows.optional_text(5), rows.instant(6)});
    }
    return entries;
}

std::vector<std::pair<LotId, SkuId>> held_lots(database::Session& session) {
    std::vector<std::pair<LotId, SkuId>> held;
    auto rows = session.ask("SELECT lot_id, sku_id FROM stock WHERE reserved > 0");
    while (rows.next()) held.emplace_back(rows.id<LotId>(0), rows.id<SkuId>(1));
    return held;
}

}  // namespace shanhai::orders
