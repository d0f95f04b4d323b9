#include "audit/store/month_check.hpp"

#include "audit/store/learned_store.hpp"
#include "audit/store/month_figures.hpp"
#include "audit/store/tile_store.hpp"
#include "chassis/security/crypto.hpp"

#include <map>
#include <set>
#include <stdexcept>
#include <utility>

namespace shanhai::audit {
namespace {

constexpr std::size_t entries_at_once = 1000;
constexpr std::uint64_t gap_search_max = 4'000'000;  // Beyond it, one statement would take too long.

struct StoredEntry {
    std::uint64_t index = 0;
    std::string leaf;
    std::string body;
    std::string month;
    std::string county;
    std::uint64_t lot = 0;
    std::string channel;
    std::optional<std::string> order_commitment;
    std::optional<std::int64_t> line_no;
};

struct Link {
    std::uint64_t first = 0;
    std::uint64_t count = 0;
    std::string buyer;
    std::string order_number;

    bool has(std::uint64_t index) const { return index >= first && index - first < count; }
};

std::string named(std::uint64_t index) { return "entry " + std::to_string(index); }

class MonthCheck {
public:
    MonthCheck(database::Session& session, std::string month, Recomputation& found)
        : session_{session},
          month_{std::move(month)},
          found_{found},
          pairings_{read_pairings(session)},
          districts_{read_placement_districts(session)} {}

    void run(const Progress& progress) {
        for (std::uint64_t next = 0;;) {
            const auto chunk = read_from(next);
            if (chunk.empty()) break;
            check(chunk);
            next = chunk.back().index + 1;
            progress(chunk.size());
            if (chunk.size() < entries_at_once) break;
        }
        sums_.finish();
        found_.erased_orders += sums_.erased_orders();
        check_figures(session_, month_, sums_, found_);
    }

private:
    std::vector<StoredEntry> read_from(std::uint64_t first) {
        auto rows = session_.query(
            "SELECT entry_index, leaf_hash, body, month, county_code, lot_id, channel, order_commitment, "
            "line_no FROM ledger_entry WHERE month = ? AND entry_index >= ? ORDER BY entry_index LIMIT ?",
            month_, first, entries_at_once);
        std::vector<StoredEntry> chunk;
        while (rows.next()) {
            chunk.push_back({rows.natural(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4),
                             rows.natural(5), rows.text(6), rows.optional_text(7), rows.optional_integer(8)});
        }
        return chunk;
    }

    void check(const std::vector<StoredEntry>& chunk) {
        std::set<std::uint64_t> tiles;
        for (const auto& entry : chunk) tiles.insert(entry.index / tile_width_max);
        std::vector<TileId> wanted;
        for (const auto index : tiles) wanted.push_back({0, index});
        leaves_ = tile_reader(session_, wanted);
        read_links(chunk.front().index, chunk.back().index);
        for (const auto& entry : chunk) check(entry);
    }

    void read_links(std::uint64_t first, std::uint64_t last) {
        if (link_ != links_.end() && link_->second.has(first)) {
            links_ = {*link_};  // The order goes on from the chunk before.
        } else {
            links_.clear();
        }
        auto rows = session_.query(
            "SELECT first_index, line_count, buyer, order_number FROM order_link WHERE first_index BETWEEN ? "
            "AND ?",
            first, last);
        while (rows.next()) {
            links_[rows.natural(0)] = {rows.natural(0), rows.natural(1), rows.text(2), rows.text(3)};
        }
        link_ = links_.end();
    }

    const Link* link_of(std::uint64_t index) {
        auto next = links_.upper_bound(index);
        if (next == links_.begin()) return nullptr;
        --next;
        if (!next->second.has(index)) return nullptr;
        link_ = next;
        return &next->second;
    }

    void check(const StoredEntry& entry) {
        ++found_.entries;
        if (entry.index >= found_.checkpoint.size) {
            found_.differs("entry", named(entry.index), "lies beyond the tree");
            return;
        }
        check_hash(entry);
        const auto sale = read_entry(entry.body);
        if (!sale) {
            found_.differs("entry", named(entry.index), "is not in the canonical form");
            return;
        }
        check_columns(entry, *sale);
        check_credit(entry, *sale);
        const auto* link = link_of(entry.index);
        if (link != nullptr && sale->version == 1 &&
            (link->order_number != sale->order || link->buyer != sale->buyer))
            found_.differs("entry", named(entry.index), "is linked to another order or buyer");
        const auto buyer = link == nullptr ? std::nullopt : std::optional{link->buyer};
        if (Month::of(sale->paid_at).text() != month_) return;  // Named already: it is another month's.
        if (const auto flaw = sums_.add(*sale, buyer)) found_.differs("entry", named(entry.index), *flaw);
    }

    void check_hash(const StoredEntry& entry) {
        const auto hash = leaf_hash(entry.body);
        const auto width = entry.index % tile_width_max + 1;
        const TileId tile{0, entry.index / tile_width_max};
        std::optional<Hash> leaf;
        try {
            leaf = leaves_(tile, width)[width - 1];
        } catch (const database::SqlError&) {
            throw;
        } catch (const std::runtime_error&) {  // The tile was named already.
        }
        if (leaf == hash && hash_of(entry.leaf) == hash) return;
        ++found_.hashes_differing;
        found_.differs("entry", named(entry.index),
                       leaf == hash ? "the hash beside it is another" : "has not the hash of its leaf");
    }

    void check_columns(const StoredEntry& entry, const Sale& sale) {
        const auto key = rollup_key(sale);
        const bool same = entry.month == key.month && entry.county == key.county_code &&
                          entry.lot == key.lot && entry.channel == key.channel;
        const bool line = sale.version == 1 ||
                          (entry.order_commitment && security::hex(*entry.order_commitment) == sale.order &&
                           entry.line_no && std::cmp_equal(*entry.line_no, sale.line));
        if (!same || !line)
            found_.differs("entry", named(entry.index), "the columns beside it say something else");
    }

    void check_credit(const StoredEntry& entry, const Sale& sale) {
        if (const auto flaw = flaw_in_credit(sale, pairings_)) {
            found_.differs("entry", named(entry.index), *flaw);
            found_.counties_differing.insert(sale.county_code);
        }
        const auto district = districts_.find(sale.placement);
        const auto today = credit_of(sale.county_code, district == districts_.end() ? "" : district->second,
                                     shanghai_date(sale.paid_at), pairings_);
        if (today != sale.credit) ++found_.credits_differing;
    }

    database::Session& session_;
    std::string month_;
    Recomputation& found_;
    std::vector<Pairing> pairings_;
    std::map<PlacementId, std::string> districts_;
    MonthSums sums_{security::random_bytes(32)};
    TileReader leaves_;
    std::map<std::uint64_t, Link> links_;  ///< By first entry: of the chunk that is being read.
    std::map<std::uint64_t, Link>::iterator link_ = links_.end();  ///< The last one used.
};

void name_gap(database::Session& session, Recomputation& found) {
    auto gap = session.query(
        "SELECT MIN(place) FROM (SELECT entry_index, ROW_NUMBER() OVER (ORDER BY entry_index) - 1 AS place "
        "FROM ledger_entry) AS numbered WHERE entry_index <> place");
    if (gap.next() && !gap.null(0)) found.differs("entry", named(gap.natural(0)), "is missing");
}

}  // namespace

void check_month(database::Session& session, const std::string& month, Recomputation& found,
                 const Progress& progress) {
    MonthCheck{session, month, found}.run(progress);
}

void check_outline(database::Session& session, Recomputation& found) {
    const auto size = found.checkpoint.size;
    auto rows = session.query("SELECT COUNT(*), MAX(entry_index) FROM ledger_entry");
    rows.next();
    if (rows.natural(0) != size || (size > 0 && rows.natural(1) != size - 1)) {
        found.differs("entry", "all of them",
                      "there are " + std::to_string(rows.natural(0)) + ", the signed checkpoint says " +
                          std::to_string(size));
        if (size <= gap_search_max) name_gap(session, found);
    }
    std::map<std::string, std::int64_t> lines;
    auto counted = session.query("SELECT month, COUNT(*) FROM ledger_entry GROUP BY month");
    while (counted.next()) lines[counted.text(0)] += counted.integer(1);
    auto summed =
        session.query("SELECT month, SUM(line_count) + SUM(uncounted_lines) FROM rollup GROUP BY month");
    while (summed.next()) lines[summed.text(0)] -= summed.integer(1);
    for (const auto& [month, difference] : lines) {
        if (difference != 0)
            found.differs("rollup", month, "the month has not as many lines as its rollups say");
    }
}

std::vector<std::string> months_anywhere(database::Session& session) {
    auto rows = session.query(
        "SELECT DISTINCT month FROM ledger_entry UNION SELECT DISTINCT month FROM rollup UNION SELECT "
        "DISTINCT month FROM month_count UNION SELECT DISTINCT month FROM month_buyer UNION SELECT DISTINCT "
        "DATE_FORMAT(day, '%Y-%m') FROM sale_day ORDER BY 1");
    std::vector<std::string> found;
    while (rows.next()) found.push_back(rows.text(0));
    return found;
}

}  // namespace shanhai::audit
