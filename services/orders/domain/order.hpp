#pragma once

#include "orders/domain/offers.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace shanhai::orders {

/// An order's life: CREATED → PAID, or CREATED → EXPIRED | CANCELLED. An EXPIRED order becomes PAID when
/// money arrives late and its goods can be reserved again; nothing else goes back.
enum class OrderState { created, paid, expired, cancelled };

bool may_become(OrderState from, OrderState to);

/// 404 `order-unknown`, which is also what whoever has not got the order's key is told.
Error order_unknown();

/// Packs of one SKU from one lot: an order of five that took from two lots has two lines.
struct OrderLine {
    OrderLineId id{};
    Terms terms;
    LotId lot{};
    std::string lot_code;
    std::string county_code;  ///< The lot's.
    std::int64_t quantity = 0;
    CertificationId certification{};  ///< Valid when ordered, or when paid once it is paid.
    bool certified_at_payment = false;

    Fen total() const { return terms->price * quantity; }
    Gram weight() const { return Gram{terms->net_content.count()} * quantity; }
};

/// An order as stored, without personal data.
struct Order {
    OrderId id{};
    std::string number;
    OrderState state = OrderState::created;
    Instant created{};
    Instant expires{};
    std::optional<Instant> first_expires;  ///< What `expires` was when it was placed, once it was extended.
    std::optional<Instant> paid;
    std::string close_reason;  ///< Why it was closed by us, if it was: "lot-blocked"; else empty.
    std::optional<PlacementId> placement;
    ChannelKind channel = ChannelKind::online;
    std::string buyer;  ///< Pseudonym, 32 bytes.
    Fen total;
    std::vector<OrderLine> lines;

    /// Whether nobody knows any more whose it was: the pseudonym is all zeros then.
    bool receiver_forgotten() const;
};

}  // namespace shanhai::orders

template <>
struct shanhai::WireNames<shanhai::orders::OrderState> {
    static constexpr std::array<std::string_view, 4> names{"CREATED", "PAID", "EXPIRED", "CANCELLED"};
};
