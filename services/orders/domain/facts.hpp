#pragma once

#include "orders/domain/commitments.hpp"
#include "orders/domain/order.hpp"

#include <string>
#include <vector>

namespace shanhai::orders {

struct PaidOrder {
    Order order;  ///< Its state is PAID, its lines are the ones sold.
    std::string provider;
    std::string transaction_id;
    Commitments commitments{};  ///< What the ledger may know of whose order it is.
};

struct ClosedOrder {
    OrderId id{};
    std::string number;
    Instant at{};
    bool cancelled = false;  ///< Else it expired.
};

struct RefundedOrder {
    OrderId id{};
    std::string number;
    Instant at{};
    Fen amount;
    std::string reason;
};

struct ErasedOrder {
    OrderId id{};
    Instant at{};
};

struct StockLevel {
    LotId lot{};
    SkuId sku{};
    std::int64_t available = 0;
};

/// What one transaction made true, for those who listen (events/outgoing.hpp tells them).
struct Facts {
    std::vector<Order> placed;
    std::vector<PaidOrder> paid;
    std::vector<ClosedOrder> closed;  ///< Expired or cancelled: the goods are free again.
    std::vector<RefundedOrder> refunded;
    std::vector<ErasedOrder> erased;  ///< Whose they were is forgotten.
    std::vector<StockLevel> stock;
};

}  // namespace shanhai::orders
