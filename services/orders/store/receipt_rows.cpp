#include "orders/store/receipt_rows.hpp"

namespace shanhai::orders {

void insert_receipts(database::Session& session, const std::vector<NewReceipt>& receipts, Instant at) {
    database::Insert insert{"INSERT INTO stock_receipt (receipt_id, lot_id, quantity, note, at) VALUES"};
    for (const auto& receipt : receipts) {
        insert.row(receipt.id, receipt.lot, receipt.quantity, receipt.note, at);
    }
    insert.run(session);
}

std::optional<Received> load_receipt(database::Session& session, std::uint64_t id) {
    auto rows = session.query(
        "SELECT r.lot_id, l.sku_id, r.quantity, r.at FROM stock_receipt r JOIN lot l ON l.lot_id = r.lot_id "
        "WHERE r.receipt_id = ?",
        id);
    if (!rows.next()) return std::nullopt;
    return Received{id, rows.id<LotId>(0), rows.id<SkuId>(1), rows.integer(2), rows.instant(3), true};
}

std::map<LotId, std::int64_t> received_of(database::Session& session, const std::vector<LotId>& lots) {
    std::map<LotId, std::int64_t> received;
    if (lots.empty()) return received;
    const auto list = in_list(lots);
    auto rows = session.ask(
        "SELECT lot_id, CAST(SUM(packs) AS SIGNED) FROM (SELECT lot_id, quantity AS packs FROM stock_receipt "
        "WHERE lot_id IN " +
        list +
        " UNION ALL SELECT lot_id, delta FROM stock_correction WHERE confirmed_at IS NOT NULL AND lot_id "
        "IN " +
        list + ") m GROUP BY lot_id");
    while (rows.next()) received[rows.id<LotId>(0)] = rows.integer(1);
    return received;
}

std::optional<Correction> load_correction(database::Session& session, std::uint64_t id, Locking locking) {
    auto rows = session.query(
        "SELECT correction_id, lot_id, delta, reason, proposed_by, proposed_at, confirmed_by, confirmed_at "
        "FROM "
        "stock_correction WHERE correction_id = ?" +
            std::string{locking_clause(locking)},
        id);
    if (!rows.next()) return std::nullopt;
    Correction correction{rows.natural(0), rows.id<LotId>(1), rows.integer(2),
                          rows.text(3),    rows.natural(4),   rows.instant(5)};
    if (!rows.null(6)) correction.confirmed_by = rows.natural(6);
    correction.confirmed = rows.optional_instant(7);
    return correction;
}

void insert_correction(database::Session& session, const Correction& correction) {
    session.execute(
        "INSERT INTO stock_correction (correction_id, lot_id, delta, reason, proposed_by, proposed_at) "
        "VALUES "
        "(?, ?, ?, ?, ?, ?)",
        correction.id, correction.lot, correction.delta, correction.reason, correction.proposed_by,
        correction.proposed);
}

void write_confirmed(database::Session& session, std::uint64_t id, std::uint64_t by, Instant at) {
    session.execute("UPDATE stock_correction SET confirmed_by = ?, confirmed_at = ? WHERE correction_id = ?",
                    by, at, id);
}

}  // namespace shanhai::orders
