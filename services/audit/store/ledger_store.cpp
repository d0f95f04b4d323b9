#include "audit/store/ledger_store.hpp"

#include "audit/domain/report.hpp"
#include "audit/domain/tiles.hpp"
#include "audit/store/count_store.hpp"
#include "audit/store/sale_day_store.hpp"
#include "audit/store/tile_store.hpp"
#include "chassis/security/crypto.hpp"

#include <map>
#include <stdexcept>

namespace shanhai::audit {
namespace {

Head head_of(database::Rows rows) {
    if (!rows.next()) throw std::runtime_error{"the ledger has no head"};
    return {rows.natural(0), hash_of(rows.text(1)), rows.text(2)};
}

std::vector<Hash> insert_entries(database::Session& session, std::uint64_t first,
                                 const std::vector<NewOrder>& orders) {
    database::Insert insert{
        "INSERT INTO ledger_entry (entry_index, leaf_hash, body, order_commitment, line_no, month, "
        "county_code, lot_id, channel) VALUES"};
    std::vector<Hash> leaves;
    for (const auto& order : orders) {
        for (const auto& sale : order.lines) {
            const auto body = canonical_entry(sale);
            leaves.push_back(leaf_hash(body));
            insert.row(first++, literal(leaves.back()), database::Literal::bytes(body),
                       database::Literal::bytes(security::from_hex(sale.order).value_or("")), sale.line,
                       Month::of(sale.paid_at).text(), sale.county_code, sale.lot, sale.channel);
        }
    }
    insert.run(session);
    return leaves;
}

void add_to_rollups(database::Session& session, const std::vector<NewOrder>& orders) {
    std::map<RollupKey, Figures> sums;
    for (const auto& order : orders) {
        for (const auto& sale : order.lines) sums[rollup_key(sale)] += figures_of(sale);
    }
    database::Insert insert{
        "INSERT INTO rollup (month, county_code, merchant_id, product_id, lot_id, channel, district, "
        "line_count, "
        "quantity, weight_g, gross_fen, refund_fen, uncounted_lines, uncounted_fen) VALUES",
        "ON DUPLICATE KEY UPDATE line_count = line_count + VALUES(line_count), "
        "quantity = quantity + VALUES(quantity), weight_g = weight_g + VALUES(weight_g), "
        "gross_fen = gross_fen + VALUES(gross_fen), refund_fen = refund_fen + VALUES(refund_fen), "
        "uncounted_lines = uncounted_lines + VALUES(uncounted_lines), "
        "uncounted_fen = uncounted_fen + VALUES(uncounted_fen)"};
    for (const auto& [key, sum] : sums) {
        insert.row(key.month, key.county_code, key.merchant, key.product, key.lot, key.channel, key.district,
                   sum.line_count, sum.quantity, sum.weight.count(), sum.gross.count(), sum.refund.count(),
                   sum.uncounted_lines, sum.uncounted.count());
    }
    insert.run(session);
}

}  // namespace

Head lock_head(database::Session& session) {
    return head_of(session.query("SELECT size, root, note FROM ledger_head WHERE id = 1 FOR UPDATE"));
}

Head read_head(database::Session& session) {
    return head_of(session.query("SELECT size, root, note FROM ledger_head WHERE id = 1"));
}

void ensure_head(database::Session& session, const NoteSigner& signer) {
    auto rows = session.query(
        "SELECT EXISTS (SELECT 1 FROM ledger_head), EXISTS (SELECT 1 FROM ledger_entry), "
        "EXISTS (SELECT 1 FROM tile)");
    rows.next();
    if (rows.integer(0) != 0) return;
    if (rows.integer(1) != 0 || rows.integer(2) != 0) {
        throw std::runtime_error{"the ledger has entries, but its signed checkpoint is gone"};
    }
    const Checkpoint empty{signer.origin(), 0, empty_tree_hash()};
    session.execute(
        "INSERT INTO ledger_head (id, size, root, note, signed_at) VALUES (1, 0, ?, ?, ?) "
        "ON DUPLICATE KEY UPDATE id = id",
        literal(empty.root), signer.sign(empty), session.now());
}

void append(database::Session& session, const Head& head, const std::vector<NewOrder>& orders,
            const NoteSigner& signer) {
    const auto stored = tile_reader(session);
    const auto leaves = insert_entries(session, head.size, orders);
    const auto changed = tiles_after_append(head.size, leaves, stored);
    write_tiles(session, changed);
    add_to_rollups(session, orders);
    count_orders(session, head.size, orders);
    add_sale_days(session, head.size, orders);

    const auto read = [&](TileId id, std::uint64_t width) {
        const auto found = changed.find(id);
        return found == changed.end() ? stored(id, width) : found->second;
    };
    Checkpoint checkpoint{signer.origin(), head.size + leaves.size(), {}};
    checkpoint.root = tree_root(checkpoint.size, read);
    const auto moved = session.execute(
        "UPDATE ledger_head SET size = ?, root = ?, note = ?, signed_at = ? WHERE id = 1 AND size = ?",
        checkpoint.size, literal(checkpoint.root), signer.sign(checkpoint), session.now(), head.size);
    if (moved != 1) throw std::runtime_error{"the ledger's head moved under its lock"};
}

std::vector<std::string> entries(database::Session& session, std::uint64_t first, std::uint64_t count) {
    auto rows = session.query(
        "SELECT body FROM ledger_entry WHERE entry_index >= ? AND entry_index < ? ORDER BY entry_index",
        first, first + count);
    std::vector<std::string> bodies;
    while (rows.next()) bodies.push_back(rows.text(0));
    return bodies;
}

}  // namespace shanhai::audit
