#pragma once

#include "orders/domain/order.hpp"

#include <string>
#include <vector>

namespace shanhai::orders {

/// What an order brings a county.
struct Brought {
    std::string county_code;
    Fen amount;
    bool operator==(const Brought&) const = default;
};

/// What the ledger counts of an order, for each county whose lots it took, by code: its lines that were
/// certified when it was paid, at what they cost. Nothing of an order that is not PAID: when its money goes
/// back it is none, and what goes back of one that stays PAID was another payment's. Of what is offered still
/// the book decides, for it learns of a suspension that the payment overtook, as the ledger does.
std::vector<Brought> brought_by(const Order& order, const OfferBook& book);

}  // namespace shanhai::orders
