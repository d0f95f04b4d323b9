#pragma once

#include "vocabulary/time.hpp"

#include <string>
#include <string_view>

namespace shanhai::orders {

/// What the ledger says of whose order it is: hashes that nobody can tie to anybody once the salt is gone.
struct Commitments {
    std::string order;  ///< 32 bytes: SHA-256(salt ‖ order number).
    std::string buyer;  ///< 32 bytes: SHA-256(salt ‖ pseudonym in base64url).
};

/// Commits to an order's number and its buyer. The order's own `salt` (32 bytes) gives each of the two a salt
/// of its own, HMAC-SHA-256(salt, "order") and HMAC-SHA-256(salt, "buyer"), so that one kind of commitment is
/// never taken for the other, and one may be opened without the other.
Commitments commit(std::string_view salt, std::string_view order_number, std::string_view buyer);

/// A pseudonym of `buyer` for one month, base64url: it counts a month's buyers and says nothing of other
/// months. Whoever has not `buyer` itself, which is forgotten with the order, cannot make it.
std::string buyer_of_month(std::string_view buyer, const Month& month);

}  // namespace shanhai::orders
