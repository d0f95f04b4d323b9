#pragma once

#include "chassis/database/pool.hpp"
#include "chassis/published.hpp"
#include "chassis/security/crypto.hpp"
#include "orders/application/hold_ledger.hpp"
#include "orders/domain/facts.hpp"
#include "orders/domain/vault.hpp"
#include "orders/store/numbers.hpp"

#include <chrono>
#include <functional>
#include <optional>

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
    /// Draws what nobody may guess; the simulator's repeats itself.
    std::function<std::string(std::size_t bytes)> random = security::random_bytes;

    const Clock& clock() const { return pool.clock(); }
};

}  // namespace shanhai::orders
