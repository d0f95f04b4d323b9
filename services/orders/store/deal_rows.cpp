#include "orders/store/deal_rows.hpp"

#include "orders/store/sql.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace shanhai::orders {
namespace {

/// SKU, day and version of the price.
using DealKey = std::tuple<SkuId, Date, std::int32_t>;

/// Most deals are of a day and price that had one before: those are only read, so that payments of the same
/// goods do not wait for each other.
void leave_out_known(database::Session& session, std::map<DealKey, Fen>& deals) {
    std::set<SkuId> skus;
    std::set<Date> days;
    for (const auto& [key, price] : deals) {
        skus.insert(std::get<SkuId>(key));
        days.insert(std::get<Date>(key));
    }
    auto rows = session.ask("SELECT sku_id, day, price_version FROM deal_day WHERE sku_id IN " +
                            in_list(skus) + " AND day IN " + in_list(days));
    while (rows.next())
        deals.erase({rows.id<SkuId>(0), rows.date(1), static_cast<std::int32_t>(rows.integer(2))});
}

}  // namespace

void write_deals(database::Session& session, const std::vector<PaidOrder>& paid) {
    if (paid.empty()) return;
    std::map<DealKey, Fen> deals;
    database::Insert sold{"INSERT INTO sold_order (merchant_id, created_at, order_id) VALUES",
                          "ON DUPLICATE KEY UPDATE order_id = VALUES(order_id)"};
    for (const auto& [order, provider, transaction, commitments] : paid) {
        std::set<MerchantId> merchants;
        for (const auto& line : order.lines) {
            merchants.insert(line.terms->merchant);
            if (line.terms->bundle) continue;  // A share of a set's price is no price of these goods.
            deals.emplace(DealKey{line.terms->sku, shanghai_date(*order.paid), line.terms->price_version},
                          line.terms->price);
        }
        for (const auto merchant : merchants) sold.row(merchant, order.created, order.id);
    }
    sold.run(session);
    if (deals.empty()) return;  // Nothing but bundles.
    leave_out_known(session, deals);
    database::Insert insert{"INSERT INTO deal_day (sku_id, day, price_version, price_fen) VALUES",
                            "ON DUPLICATE KEY UPDATE price_fen = VALUES(price_fen)"};
    for (const auto& [key, price] : deals) {
        const auto& [sku, day, version] = key;
        insert.row(sku, day, version, price.count());
    }
    insert.run(session);
}

std::map<SkuId, std::vector<OfferedPrice>> load_offered(database::Session& session,
                                                        std::span<const SkuId> skus) {
    std::map<SkuId, std::vector<OfferedPrice>> offered;
    if (skus.empty()) return offered;
    auto rows = session.ask(
        "SELECT sku_id, price_version, MIN(price_fen), MIN(price_since) FROM offer_revision WHERE "
        "bundle_id IS NULL AND sku_id IN " +
        in_list(skus) + " GROUP BY sku_id, price_version ORDER BY sku_id, price_version");
    while (rows.next()) {
        offered[rows.id<SkuId>(0)].push_back(
            {static_cast<std::int32_t>(rows.integer(1)), Fen{rows.integer(2)}, rows.optional_instant(3)});
    }
    return offered;
}

std::map<SkuId, std::vector<DealDay>> load_deals(database::Session& session, std::span<const SkuId> skus,
                                                 Date first) {
    std::map<SkuId, std::vector<DealDay>> deals;
    if (skus.empty()) return deals;
    auto rows = session.ask("SELECT sku_id, day, price_version, price_fen FROM deal_day WHERE sku_id IN " +
                            in_list(skus) + " AND day >= " + database::Literal{first}.text());
    while (rows.next()) {
        deals[rows.id<SkuId>(0)].push_back(
            {rows.date(1), static_cast<std::int32_t>(rows.integer(2)), Fen{rows.integer(3)}});
    }
    return deals;
}

}  // namespace shanhai::orders
