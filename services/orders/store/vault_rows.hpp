#pragma once

#include "chassis/database/session.hpp"
#include "orders/domain/vault.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace shanhai::orders {

/// A receiver as stored: nothing can be read of it once its key is gone.
struct StoredReceiver {
    std::string wrapped_key;
    std::string sealed;
};

struct NewReceiver {
    OrderId order{};
    const SealedReceiver* sealed = nullptr;
};
void insert_receivers(database::Session& session, const std::vector<NewReceiver>& receivers);
/// Nothing when there is none, or when it was erased.
std::optional<StoredReceiver> load_receiver(database::Session& session, OrderId order);
/// Those of these orders that there are and that were not erased.
std::map<OrderId, StoredReceiver> load_receivers(database::Session& session,
                                                 const std::vector<OrderId>& orders);
/// Keeps the salts of orders (32 bytes each) beside their receivers; not of those that were erased.
void store_salts(database::Session& session, const std::map<OrderId, std::string>& salts);
/// Destroys the receiver's key and salt and the pseudonyms beside them.
void destroy_receiver(database::Session& session, OrderId order);

}  // namespace shanhai::orders
