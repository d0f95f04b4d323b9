#pragma once

#include "chassis/database/session.hpp"
#include "orders/domain/desk.hpp"

#include <optional>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <vector>

namespace shanhai::orders {

/// A key that was used, and the order, receipt or correction that came of it.
struct UsedKey {
    std::string fingerprint;
    std::uint64_t subject = 0;
};

struct NewKey {
    const RequestKey* key = nullptr;
    std::uint64_t subject = 0;
    std::optional<Instant> expires{};  ///< Nothing: kept for ever.
};

/// 422 `idempotency-key-reused`.
Error key_reused();

/// Another process is working on a request with one of the keys at this moment.
class KeyInFlight : public std::runtime_error {
public:
    KeyInFlight() : std::runtime_error{"the same request is under way"} {}
};

/// Those of these hashes that were used, by hash.
std::unordered_map<std::string, UsedKey> used_keys(database::Session& session,
                                                   const std::vector<std::string>& hashes);

std::optional<UsedKey> used_key(database::Session& session, const std::string& hash);

/// Stores the keys; throws KeyInFlight.
void store_keys(database::Session& session, const std::vector<NewKey>& keys);

}  // namespace shanhai::orders
