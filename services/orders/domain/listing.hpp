#pragma once

#include "orders/domain/order.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shanhai::orders {

/// What a list of orders is narrowed to; each member narrows it.
struct OrderFilter {
    std::string number{};  ///< The whole order number, or its beginning (OrderNumberPart).
    std::optional<OrderState> state{};
    std::optional<MerchantId> merchant{};  ///< Paid orders with goods of this merchant.
    std::optional<Instant> from{};         ///< Placed at or after.
    std::optional<Instant> until{};        ///< Placed before.
    std::string phone_hash{};              ///< Vault::phone_hash of the receiver's telephone.

    /// Whether nothing can be meant: a merchant's orders that are not paid.
    bool empty() const { return merchant && state && *state != OrderState::paid; }
};

/// As much of an order number as narrows a list to few orders: its day and four digits more.
class OrderNumberPart {
public:
    static constexpr std::size_t length_min = 14;

    /// Fails with Failure::invalid; a whole number must be one (its check digit).
    static Result<OrderNumberPart> parse(std::string_view text);
    const std::string& text() const { return text_; }

private:
    explicit OrderNumberPart(std::string_view text) : text_{text} {}

    std::string text_;
};

/// Where a page of a list ends: lists go from the newest order to the oldest.
struct ListPosition {
    Instant created{};
    OrderId order{};

    std::string text() const;
    /// Of a text that `text` made.
    static std::optional<ListPosition> read(std::string_view text);
};

/// An order as a list shows it: its receiver masked, or empty once nobody knows any more who it was.
struct ListedOrder {
    Order order;
    std::string receiver_name{};
    std::string receiver_phone{};
    std::string receiver_address{};

    ListPosition position() const { return {order.created, order.id}; }
    /// As the merchant may see it: its own lines, and what they cost.
    void keep_lines_of(MerchantId merchant);
};

}  // namespace shanhai::orders
