#pragma once

#include "chassis/database/pool.hpp"
#include "orders/domain/holds.hpp"

#include <chrono>
#include <mutex>
#include <span>
#include <vector>

namespace shanhai::orders {

class HoldTicket;

/// The cap, and which of the goods it concerns (an index into Hold::goods).
struct HoldRefusal {
    HoldLimit limit{};
    std::size_t goods = 0;
};

/// What unpaid orders hold, in memory, so that a batch of orders is judged without a query. Orders of this
/// process are counted while their batch decides, hence exactly, however many batches run at once; those of
/// other copies of the service as of the last `refresh`, a second ago at most. How much of a shelf is held in
/// all is not counted here: the stock's own rows, locked, say it exactly. Thread-safe.
class HoldLedger {
public:
    explicit HoldLedger(const HoldCaps& caps) : caps_{caps} {}

    const HoldCaps& caps() const { return caps_; }
    /// These orders were paid, or are over.
    void release(std::span<const OrderId> orders);
    /// Reads the table again, in place of what is known; orders placed or released meanwhile are kept so.
    /// Does nothing when it was called a moment ago, or while the last reading took a good part of the time
    /// since.
    Result<Done> refresh(database::Pool& pool);
    std::size_t size() const;
    /// Whether whoever orders has an unpaid order, as far as is known here.
    bool knows(const HoldPrincipals& by) const;

private:
    friend class HoldTicket;
    struct Change {
        OrderId order{};
        std::optional<Hold> hold;  ///< Nothing: released.
    };

    std::optional<HoldRefusal> admit(OrderId order, const Hold& hold, std::span<const ShelfLevel> shelves);
    void note(Change change);

    const HoldCaps caps_;
    mutable std::mutex mutex_;
    HoldCounts counts_;
    bool reading_ = false;
    std::vector<Change> meanwhile_;  // While the table is read.
    Clock::Steady next_{};
};

/// The holds that one try at a transaction counts; given back unless it is kept, which is when it was
/// committed.
class HoldTicket {
public:
    explicit HoldTicket(HoldLedger& ledger) : ledger_{ledger} {}
    ~HoldTicket() { ledger_.release(orders_); }
    HoldTicket(const HoldTicket&) = delete;
    HoldTicket& operator=(const HoldTicket&) = delete;

    /// Counts the hold unless a cap forbids it; `shelves` belongs to hold.goods, one by one.
    std::optional<HoldRefusal> admit(OrderId order, const Hold& hold, std::span<const ShelfLevel> shelves);
    /// What was just admitted is not placed after all.
    void take_back(OrderId order);
    void keep() { orders_.clear(); }

private:
    HoldLedger& ledger_;
    std::vector<OrderId> orders_;
};

/// 429 `hold-limit`, which names the cap; `line` is the one whose SKU it concerns.
Error hold_refused(HoldLimit limit, std::size_t line);

}  // namespace shanhai::orders
