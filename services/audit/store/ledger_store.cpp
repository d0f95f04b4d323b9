#include "audit/store/ledger_store.hpp"

#include "audit/domain/report.hpp"
#include "audit/domain/tiles.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>
#include <tuple>

namespace shanhai::audit {
namespace {

std::string_view bytes_of(const Hash& hash) {
    return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

database::Literal literal(const Hash& hash) { return database::Literal::bytes(bytes_of(hash)); }

Hash hash_of(std::string_view bytes) {
    Hash hash;
    if (bytes.size() != hash.size()) throw std::runtime_error{"a stored hash has a wrong length"};
    std::ranges::copy(bytes, hash.begin());
    return hash;
}

std::vector<Hash> hashes_of(std::string_view bytes) {
    std::vector<Hash> hashes;
    for (; bytes.size() >= sizeof(Hash); bytes.remove_prefix(sizeof(Hash))) {
        hashes.push_back(hash_of(bytes.substr(0, sizeof(Hash))));
    }
    return hashes;
}

Head head_of(database::Rows rows) {
    if (!rows.next()) throw std::runtime_error{"the ledger has no head"};
    return {rows.natural(0), hash_of(rows.text(1)), rows.text(2)};
}

std::vector<Hash> insert_entries(database::Session& session, std::uint64_t first,
                                 const std::vector<NewSale>& sales) {
    database::Insert insert{
        "INSERT INTO ledger_entry (entry_index, leaf_hash, body, order_id, line_id, month, county_code, "
        "lot_id, "
        "channel) VALUES"};
    std::vector<Hash> leaves;
    for (const auto& [order, sale] : sales) {
        const auto body = canonical_entry(sale);
        leaves.push_back(leaf_hash(body));
        insert.row(first++, literal(leaves.back()), database::Literal::bytes(body), order, sale.line,
                   Month::of(sale.paid_at).text(), sale.county_code, sale.lot, sale.channel);
    }
    insert.run(session);
    return leaves;
}

void write_tiles(database::Session& session, const std::map<TileId, std::vector<Hash>>& tiles) {
    database::Insert insert{"INSERT INTO tile (level, tile_index, hashes) VALUES",
                            "ON DUPLICATE KEY UPDATE hashes = VALUES(hashes)"};
    for (const auto& [id, hashes] : tiles) {
        std::string bytes;
        for (const auto& hash : hashes) bytes += bytes_of(hash);
        insert.row(id.level, id.index, database::Literal::bytes(bytes));
    }
    insert.run(session);
}

Figures figures_of(const Sale& sale) {
    Figures figures;
    if (sale.counted) {
        figures.line_count = 1;
        figures.quantity = sale.quantity;
        figures.weight = sale.weight;
        figures.gross = sale.total;
    } else {
        figures.uncounted_lines = 1;
        figures.uncounted = sale.total;
    }
    return figures;
}

void add_to_rollups(database::Session& session, const std::vector<NewSale>& sales) {
    using Key = std::tuple<std::string, std::string, std::uint64_t, std::uint64_t, std::uint64_t, std::string,
                           std::string>;
    std::map<Key, Figures> sums;
    for (const auto& [order, sale] : sales) {
        sums[{Month::of(sale.paid_at).text(), sale.county_code, number(sale.merchant), number(sale.product),
              number(sale.lot), sale.channel, sale.credit.district}] += figures_of(sale);
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
        const auto& [month, county, merchant, product, lot, channel, district] = key;
        insert.row(month, county, merchant, product, lot, channel, district, sum.line_count, sum.quantity,
                   sum.weight.count(), sum.gross.count(), sum.refund.count(), sum.uncounted_lines,
                   sum.uncounted.count());
    }
    insert.run(session);
}

/// Of the `members` of one county's month, how many were not known before; they are known afterwards.
/// Only the holder of the head's lock calls it, so nobody can come between the look and the insert.
std::int64_t add_members(database::Session& session, const std::string& month, const std::string& county,
                         std::string_view kind, const std::set<std::string>& members) {
    std::set<std::string> fresh = members;
    std::string marks;
    for (const auto& member : members) marks += (marks.empty() ? "" : ",") + database::Literal{member}.text();
    auto known =
        session.ask(database::Session::bind(
                        "SELECT member FROM county_month_member WHERE month = ? AND county_code = ? AND "
                        "kind = ? AND member IN (",
                        {month, county, kind}) +
                    marks + ")");
    while (known.next()) fresh.erase(known.text(0));
    database::Insert insert{"INSERT INTO county_month_member (month, county_code, kind, member) VALUES"};
    for (const auto& member : fresh) insert.row(month, county, kind, member);
    insert.run(session);
    return static_cast<std::int64_t>(fresh.size());
}

void count_orders_and_buyers(database::Session& session, const std::vector<NewSale>& sales) {
    struct Members {
        std::set<std::string> orders;
        std::set<std::string> buyers;
    };
    std::map<std::pair<std::string, std::string>, Members> groups;
    for (const auto& [order, sale] : sales) {
        if (!sale.counted) continue;
        auto& members = groups[{Month::of(sale.paid_at).text(), sale.county_code}];
        members.orders.insert(sale.order_number);
        members.buyers.insert(sale.buyer);
    }
    database::Insert insert{"INSERT INTO county_month (month, county_code, orders, buyers) VALUES",
                            "ON DUPLICATE KEY UPDATE orders = orders + VALUES(orders), "
                            "buyers = buyers + VALUES(buyers)"};
    for (const auto& [key, members] : groups) {
        const auto& [month, county] = key;
        insert.row(month, county, add_members(session, month, county, "ORDER", members.orders),
                   add_members(session, month, county, "BUYER", members.buyers));
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
    const Checkpoint empty{signer.origin(), 0, empty_tree_hash()};
    session.execute(
        "INSERT INTO ledger_head (id, size, root, note, signed_at) VALUES (1, 0, ?, ?, UTC_TIMESTAMP(6)) "
        "ON DUPLICATE KEY UPDATE id = id",
        literal(empty.root), signer.sign(empty));
}

void append(database::Session& session, const Head& head, const std::vector<NewSale>& sales,
            const NoteSigner& signer) {
    const auto stored = tile_reader(session);
    if (tree_root(head.size, stored) != head.root) {
        throw std::runtime_error{"the ledger's tiles do not have the root that was signed"};
    }
    const auto leaves = insert_entries(session, head.size, sales);
    const auto changed = tiles_after_append(head.size, leaves, stored);
    write_tiles(session, changed);
    add_to_rollups(session, sales);
    count_orders_and_buyers(session, sales);

    const auto read = [&](TileId id, std::uint64_t width) {
        const auto found = changed.find(id);
        return found == changed.end() ? stored(id, width) : found->second;
    };
    Checkpoint checkpoint{signer.origin(), head.size + leaves.size(), {}};
    checkpoint.root = tree_root(checkpoint.size, read);
    const auto moved = session.execute(
        "UPDATE ledger_head SET size = ?, root = ?, note = ?, signed_at = UTC_TIMESTAMP(6) WHERE id = 1 AND "
        "size = ?",
        checkpoint.size, literal(checkpoint.root), signer.sign(checkpoint), head.size);
    if (moved != 1) throw std::runtime_error{"the ledger's head moved under its lock"};
}

TileReader tile_reader(database::Session& session) {
    return [&session](TileId id, std::uint64_t width) {
        auto rows =
            session.query("SELECT hashes FROM tile WHERE level = ? AND tile_index = ?", id.level, id.index);
        auto hashes = rows.next() ? hashes_of(rows.text(0)) : std::vector<Hash>{};
        if (hashes.size() < width) throw std::runtime_error{"a tile of the ledger is missing"};
        return hashes;
    };
}

std::optional<std::string> tile_bytes(database::Session& session, TileId id, std::uint64_t width) {
    auto rows =
        session.query("SELECT hashes FROM tile WHERE level = ? AND tile_index = ?", id.level, id.index);
    if (!rows.next()) return std::nullopt;
    auto bytes = rows.text(0);
    if (bytes.size() < width * sizeof(Hash)) return std::nullopt;
    bytes.resize(width * sizeof(Hash));
    return bytes;
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
