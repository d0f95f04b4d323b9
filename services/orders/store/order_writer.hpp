#pragma once

#include "chassis/published.hpp"
#include "orders/domain/desk.hpp"
#include "orders/store/hold_ledger.hpp"
#include "orders/store/stock_book.hpp"
#include "orders/store/vault.hpp"

#include "chassis/database/pool.hpp"

#include <atomic>
#include <functional>
#include <span>
#include <vector>

namespace shanhai::orders {

/// Tells the facts of a transaction to the other services; the last thing in the transaction.
using Publish = std::function<void(database::Session&, const Facts&)>;

/// What every writer of orders stands on. The references outlive them all.
struct Books {
    database::Pool& pool;
    const Published<OfferBook>& offers;
    const Vault& vault;
    Numbers& order_numbers;
    Numbers& row_numbers;  ///< For order lines, journal entries, attempts and receipts.
    Publish publish;
    std::function<void()> committed;  ///< Facts were committed: wake whoever passes them on.
    std::chrono::seconds reservation{900};
    /// How long goods are held for an order whose payment was not opened yet; nothing: `reservation`. Opening
    /// it extends the hold once, to `reservation` from the order on.
    std::optional<std::chrono::seconds> first_hold{};
    HoldLedger* holds = nullptr;  ///< Nothing: unpaid orders may hold whatever there is.
};

/// Places a batch of orders in one transaction (DESIGN section 5): finds keys already used, locks the lots,
/// allocates in memory, writes everything with one statement a table. Thread-safe; blocks.
class OrderWriter {
public:
    explicit OrderWriter(const Books& books) : books_{books} {}

    /// An answer for each command, in order; the same error for all of them, with nothing changed, when the
    /// transaction did not take place.
    std::vector<Result<Placed>> place(std::span<PlaceCommand> commands);

private:
    using Commands = std::span<PlaceCommand>;
    std::vector<Result<Placed>> place_together(Commands commands, Patience& patience);
    void place_again(Commands commands, std::vector<Result<Placed>>& answers, Patience& patience);

    const Books& books_;
    /// Until then somebody sits on a lot: batches do not wait for it again.
    std::atomic<std::int64_t> impatient_until_ms_ = 0;
};

}  // namespace shanhai::orders
