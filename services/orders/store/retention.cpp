#include "orders/store/retention.hpp"

#include "orders/store/sql.hpp"

#include <vector>

namespace shanhai::orders {
namespace {

constexpr std::size_t looked_at_once = 1000;

}  // namespace

std::size_t Retention::run() {
    const auto keys = forget_keys();
    const auto unpaid = forget_unpaid();
    return (keys ? *keys : 0) + (unpaid ? *unpaid : 0);
}

Result<std::size_t> Retention::forget_keys() {
    std::string last;
    const auto removed = pool_.transact_blocking([&](database::Session& session) -> Result<std::size_t> {
        const auto now = session.now();
        last.clear();
        std::size_t seen = 0;
        std::vector<std::string> old;
        auto rows = session.query(
            "SELECT request_hash, expires_at FROM idempotency WHERE request_hash > ? ORDER BY request_hash "
            "LIMIT ?",
            database::Literal::bytes(after_key_), looked_at_once);
        while (rows.next()) {
            ++seen;
            last = rows.text(0);
            if (!rows.null(1) && rows.instant(1) <= now) old.push_back(last);
        }
        if (seen < looked_at_once) last.clear();  // From the beginning again.
        if (old.empty()) return std::size_t{0};
        return static_cast<std::size_t>(session.run(
            "DELETE FROM idempotency WHERE request_hash IN " +
            in_list(old, [](const std::string& hash) { return database::Literal::bytes(hash); })));
    });
    if (removed) after_key_ = last;
    return removed;
}

/// The row of the order itself stays: its number must say for ever what became of it.
Result<std::size_t> Retention::forget_unpaid() {
    std::uint64_t last = 0;
    const auto removed = pool_.transact_blocking([&](database::Session& session) -> Result<std::size_t> {
        const auto before = session.now() - unpaid_life_;
        last = 0;
        std::size_t seen = 0;
        std::vector<std::uint64_t> old;
        auto rows = session.query(
            "SELECT v.order_id, o.state IN ('EXPIRED', 'CANCELLED') AND o.closed_at < ? AND NOT EXISTS "
            "(SELECT 1 FROM "
            "payment_attempt a WHERE a.order_id = v.order_id AND a.state <> 'CLOSED') FROM (SELECT order_id "
            "FROM "
            "vault_record WHERE order_id > ? ORDER BY order_id LIMIT ?) v JOIN orders o ON o.order_id = "
            "v.order_id "
            "ORDER BY v.order_id",
            before, after_order_, looked_at_once);
        while (rows.next()) {
            ++seen;
            last = rows.natural(0);
            if (!rows.null(1) && rows.integer(1) != 0) old.push_back(last);
        }
        if (seen < looked_at_once) last = 0;
        if (old.empty()) return std::size_t{0};
        const auto list = in_list(old);
        const auto receivers = session.run("DELETE FROM vault_record WHERE order_id IN " + list);
        return static_cast<std::size_t>(receivers +
                                        session.run("DELETE FROM order_line WHERE order_id IN " + list));
    });
    if (removed) after_order_ = last;
    return removed;
}

}  // namespace shanhai::orders
