#include "orders/store/receipt_rows.hpp"

#include <charconv>

namespace shanhai::orders {
namespace {

/// The numbers of receipts that have no other name: "#17".
std::vector<std::uint64_t> own_numbers(const std::set<std::string>& references) {
    std::vector<std::uint64_t> numbers;
    for (const auto& reference : references) {
        std::uint64_t number = 0;
        const auto* const last = reference.data() + reference.size();
        if (reference.empty() || reference.front() != own_reference_sign) continue;
        if (std::from_chars(reference.data() + 1, last, number).ptr == last) numbers.push_back(number);
    }
    return numbers;
}

}  // namespace

void insert_receipts(database::Session& session, const std::vector<NewReceipt>& receipts, Instant at) {
    database::Insert insert{
        "INSERT INTO stock_receipt (receipt_id, reference, lot_id, quantity, note, at) VALUES"};
    for (const auto& receipt : receipts) {
        insert.row(receipt.id, receipt.reference, receipt.lot, receipt.quantity, receipt.note, at);
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

std::map<std::pair<std::string, LotId>, ReceiptLine> receipts_called(
    database::Session& session, const std::set<std::string>& references) {
    std::map<std::pair<std::string, LotId>, ReceiptLine> called;
    if (references.empty()) return called;
    auto condition = "reference IN " + in_list(references, [](const std::string& one) { return one; });
    if (const auto own = own_numbers(references); !own.empty()) {
        condition += " OR (reference IS NULL AND receipt_id IN " + in_list(own) + ')';
    }
    auto rows = session.ask(
        "SELECT COALESCE(reference, CONCAT('#', receipt_id)), lot_id, quantity, note FROM stock_receipt WHERE " +
        condition);
    while (rows.next()) {
        ReceiptLine line{0, rows.id<LotId>(1), rows.integer(2), rows.text(0), rows.text(3)};
        std::pair key{line.reference, line.lot};
        called.emplace(std::move(key), std::move(line));
    }
    return called;
}

std::vector<ReceiptRecord> list_receipts(database::Session& session, std::optional<Instant> from,
                                         std::uint64_t after, std::size_t count) {
    auto rows = session.query(
        "SELECT r.receipt_id, r.lot_id, r.quantity, COALESCE(r.reference, CONCAT('#', r.receipt_id)), r.note, "
        "l.lot_code, l.sku_id, r.at FROM stock_receipt r JOIN lot l ON l.lot_id = r.lot_id WHERE (? IS NULL OR r.at >= ?) AND r.receipt_id > ? "
        "ORDER BY r.receipt_id LIMIT ?",
        from, from, after, count);
    std::vector<ReceiptRecord> receipts;
    while (rows.next()) {
        receipts.push_back({rows.natural(0), rows.id<LotId>(1), rows.integer(2), rows.text(3), rows.text(4),
                            rows.text(5), rows.id<SkuId>(6), rows.instant(7)});
    }
    return receipts;
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
