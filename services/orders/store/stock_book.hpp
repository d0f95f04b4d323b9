#pragma once

#include "chassis/database/session.hpp"
#include "orders/domain/allocation.hpp"
#include "orders/domain/facts.hpp"
#include "orders/store/numbers.hpp"
#include "orders/store/sql.hpp"

#include <map>
#include <set>
#include <string_view>
#include <vector>

namespace shanhai::orders {

enum class StockMove { receipt, reserve, release, sale, correction };

/// The stock one transaction works on: locked once, changed in memory, written once. Stock and journal
/// change together or not at all, so that the journal's sums are always the stock.
class StockBook {
public:
    /// `entries`: numbers for as many journal entries as the transaction may post.
    StockBook(database::Session& session, NumberRange entries) : session_{session}, entries_{entries} {}

    /// Locks the rows of these lots in id order and reads them. Lots without stock rows are left out, and
    /// with Locking::skip_locked those that somebody else has locked. Once per transaction: a second call
    /// could deadlock with another transaction.
    void lock(std::vector<LotId> lots, Locking locking = Locking::for_update);
    /// Everything that was locked, by lot id.
    std::vector<LotStock> locked() const;
    const LotStock* find(LotId lot) const;
    /// Whether it has stock and was left out, because somebody else has it locked: nothing is known of it.
    bool busy(LotId lot) const { return busy_.contains(lot); }

    /// Moves packs; throws std::logic_error when that would make a lot negative: the caller must have looked.
    void post(StockMove move, LotId lot, std::int64_t quantity, std::optional<OrderId> order, Instant at);
    /// Writes the journal and one update of every touched lot, and tells the new levels.
    void flush(Facts& facts);

private:
    void find_busy(const std::vector<LotId>& asked);

    struct Entry {
        StockMove move;
        LotId lot;
        std::int64_t on_hand;
        std::int64_t reserved;
        std::optional<OrderId> order;
        Instant at;
    };

    database::Session& session_;
    NumberRange entries_;
    std::map<LotId, LotStock> lots_;
    std::set<LotId> busy_;
    std::vector<Entry> journal_;
};

}  // namespace shanhai::orders
