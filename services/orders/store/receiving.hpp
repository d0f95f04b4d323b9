#pragma once

#include "orders/store/order_writer.hpp"

#include <span>
#include <vector>

namespace shanhai::orders {

/// Takes packs into stock, in batches. Blocks.
class Receiving {
public:
    explicit Receiving(const Books& books) : books_{books} {}

    /// Fails, each for itself, with 404 `lot-unknown` or 422 `idempotency-key-reused`; a repeated command
    /// gets the receipt it made before.
    std::vector<Result<Received>> receive(std::span<ReceiveCommand> commands);

private:
    const Books& books_;
};

}  // namespace shanhai::orders
