#pragma once

#include "orders/domain/holds.hpp"
#include "orders/domain/receiver.hpp"
#include "vocabulary/ids.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace shanhai::orders {

/// A receiver as the vault stores it. Whoever destroys wrapped_key destroys the receiver.
struct SealedReceiver {
    std::string wrapped_key;
    std::string sealed;
    std::string phone_hash;  ///< 32 bytes: finds the orders of a telephone number.
    std::string buyer;  ///< 32 bytes: the same buyer in events and in the ledger, unlinkable to phone_hash.
};

/// Encrypts receivers, each with a data key of its own, wrapped by the master key and bound to its order
/// (DOMAIN 4.6). Holds keys only; rows are the writers' business.
class Vault {
public:
    Vault(std::string master_key, std::string phone_key)
        : master_key_{std::move(master_key)}, phone_key_{std::move(phone_key)} {}

    SealedReceiver seal(OrderId order, const Receiver& receiver) const;
    /// What `seal` keeps as phone_hash of this telephone (phone_digits).
    std::string phone_hash(std::string_view phone) const;
    /// Who holds goods with an unpaid order, as keyed hashes that lead back to nobody.
    HoldPrincipals principals(const Receiver& receiver, std::string_view network) const;
    /// Nothing when the key was destroyed or anything was altered.
    std::optional<Receiver> open(OrderId order, const std::string& wrapped_key,
                                 const std::string& sealed) const;

private:
    std::string master_key_;
    std::string phone_key_;
};

}  // namespace shanhai::orders
