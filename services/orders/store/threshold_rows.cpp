#include "orders/store/threshold_rows.hpp"

#include "orders/store/sql.hpp"

namespace shanhai::orders {

std::map<SkuId, KeptThresholds> load_thresholds(database::Session& session, std::span<const SkuId> skus) {
    std::map<SkuId, KeptThresholds> found;
    if (skus.empty()) return found;
    auto rows = session.ask(
        "SELECT t.sku_id, t.low_stock_below, t.near_expiry_days, t.set_at, t.set_by FROM (SELECT "
        "MAX(threshold_id) AS newest FROM stock_threshold WHERE sku_id IN " +
        in_list(skus) + " GROUP BY sku_id) n JOIN stock_threshold t ON t.threshold_id = n.newest");
    while (rows.next()) {
        const auto sku = rows.id<SkuId>(0);
        const KeptThresholds::Word word{rows.instant(3), rows.natural(4)};
        found.emplace(sku, KeptThresholds{sku, {rows.integer(1), rows.integer(2)}, word});
    }
    return found;
}

KeptThresholds insert_thresholds(database::Session& session, SkuId sku, const StockThresholds& thresholds,
                                 std::uint64_t account) {
    const KeptThresholds::Word word{session.now(), account};
    session.execute(
        "INSERT INTO stock_threshold (sku_id, low_stock_below, near_expiry_days, set_at, set_by) "
        "VALUES (?, ?, ?, ?, ?)",
        sku, thresholds.low_stock_below, thresholds.near_expiry_days, word.at, account);
    return {sku, thresholds, word};
}

}  // namespace shanhai::orders
