#pragma once

#include "orders/application/closing.hpp"

#include <chrono>
#include <memory>
#include <span>

namespace shanhai::orders {

/// Looks after goods that are held by unpaid orders and must not be sold any more (FAILURES 21, 22): packs of
/// a lot that was blocked or has expired are taken from another one, and where there is none, or the seller
/// was stopped, or the certification is not valid any more, the order is closed with its reason. Paid orders
/// are none of its business. For one thread.
class Rescue {
public:
    Rescue(const Books& books, Closing& closing) : books_{books}, closing_{closing} {}

    /// Does what is to be done; returns how many orders it changed. Looks only when the facts have changed,
    /// or a minute has passed.
    std::size_t run();

private:
    struct Found;

    Result<Found> find(const OfferBook& book);
    Result<std::size_t> reallocate(std::span<const OrderId> orders,
                                   std::map<OrderId, std::string>& without_goods);
    /// Those that cannot be given other lots keep nobody else from them.
    Result<std::size_t> reallocate_apart(const std::vector<OrderId>& orders,
                                         std::map<OrderId, std::string>& without_goods);

    const Books& books_;
    Closing& closing_;
    std::shared_ptr<const OfferBook> seen_;
    Clock::Steady look_again_{};
};

}  // namespace shanhai::orders
