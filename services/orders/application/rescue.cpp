#include "orders/application/rescue.hpp"

#include "chassis/batch/isolate.hpp"
#include "chassis/observe/log.hpp"
#include "orders/domain/capture.hpp"
#include "orders/domain/relining.hpp"
#include "orders/store/order_rows.hpp"
#include "orders/store/stock_book.hpp"
#include "orders/store/stock_views.hpp"

#include <algorithm>
#include <set>

namespace shanhai::orders {
namespace {

constexpr std::size_t orders_at_once = 256;
constexpr std::chrono::seconds pause_max{60};
/// Sample orders are placed in the past, with the goods of then, and paid at once: they are let alone. No
/// order that somebody places now is held for so long.
constexpr std::chrono::hours sample_age_min{48};

/// Gives one batch of unpaid orders other lots, inside a transaction.
class Reallocation {
public:
    Reallocation(database::Session& session, const Books& books, Locking locking)
        : session_{session}, books_{books}, locking_{locking} {}

    std::size_t run(const std::vector<OrderId>& ids, std::map<OrderId, std::string>& without_goods) {
        now_ = session_.now();
        auto orders = load_orders(session_, ids, locking_);
        std::erase_if(orders, [](const auto& one) { return one.second.state != OrderState::created; });
        lock_lots(orders);
        for (auto& [id, order] : orders) {
            if (const auto fault = replace_bad_lines(order)) without_goods.emplace(id, *fault);
        }
        if (!changed_.empty()) {
            std::vector<const Order*> relined;
            for (const auto& order : changed_) relined.push_back(&order);
            replace_lines(session_, relined);
            Facts facts;
            stock_.flush(facts);
            books_.publish(session_, facts);
        }
        return changed_.size();
    }

private:
    void lock_lots(const std::map<OrderId, Order>& orders) {
        const auto book = books_.offers.get();
        std::vector<LotId> lots;
        for (const auto& [id, order] : orders) {
            for (const auto& line : order.lines) {
                lots.push_back(line.lot);
                for (const auto& lot : book->lots(line.terms->sku)) lots.push_back(lot.id);
            }
        }
        stock_.lock(std::move(lots), locking_);
    }

    /// Nothing when every line is good now, or is left for the next time because somebody has its lot locked.
    std::optional<std::string_view> replace_bad_lines(Order& order) {
        const auto today = shanghai_date(now_);
        std::vector<OrderLine> good;
        std::vector<OrderLine> bad;
        std::optional<std::string_view> fault;
        for (const auto& line : order.lines) {
            const auto* stock = stock_.find(line.lot);
            if (stock == nullptr) return std::nullopt;
            const auto found = lot_fault(stock->lot, *line.terms, today);
            (found ? bad : good).push_back(line);
            if (!fault) fault = found;
        }
        if (!fault || anything_locked(bad)) return std::nullopt;
        Allocator allocator{stock_.locked()};
        const auto picks = allocator.take(demands_of(bad), today);
        if (!picks) return fault;
        move(order, good, bad, *picks, allocator);
        return std::nullopt;
    }

    /// Whether a lot that may take the place of these is locked by somebody: then nobody knows that there is
    /// none.
    bool anything_locked(const std::vector<OrderLine>& bad) const {
        const auto book = books_.offers.get();
        return std::ranges::any_of(bad, [&](const OrderLine& line) {
            return std::ranges::any_of(book->lots(line.terms->sku),
                                       [this](const Lot& lot) { return stock_.busy(lot.id); });
        });
    }

    void move(Order& order, const std::vector<OrderLine>& good, const std::vector<OrderLine>& bad,
              const std::vector<Pick>& picks, const Allocator& allocator) {
        for (const auto& line : bad) {
            stock_.post(StockMove::release, line.lot, line.quantity, order.id, now_);
        }
        auto lines = good;
        for (const auto& pick : picks) {
            const auto& lot = allocator.stock()[pick.stock].lot;
            stock_.post(StockMove::reserve, lot.id, pick.quantity, order.id, now_);
            lines.push_back(drawn(bad, pick, lot, OrderLineId{line_ids_.next()}));
        }
        order.lines = std::move(lines);
        changed_.push_back(order);
    }

    database::Session& session_;
    const Books& books_;
    Locking locking_;
    Instant now_{};
    NumberRange line_ids_{books_.row_numbers};
    StockBook stock_{session_, NumberRange{books_.row_numbers}};
    std::vector<Order> changed_;
};

}  // namespace

/// Unpaid orders that something is wrong with, some of them at least.
struct Rescue::Found {
    std::vector<OrderId> bad_lots;
    std::map<OrderId, std::string> other_reasons;
    bool more = false;
};

std::size_t Rescue::run() {
    const auto book = books_.offers.get();
    const auto now = books_.clock().steady();
    if (book == seen_ && now < look_again_) return 0;
    const auto found = find(*book);
    if (!found) return 0;
    auto reasons = found->other_reasons;
    const auto moved = reallocate_apart(found->bad_lots, reasons);
    if (!moved) return 0;
    for (const auto& [id, reason] : reasons) {
        observe::log_info("hold-released", "order " + std::to_string(number(id)) + ": " + reason);
    }
    const auto changed = *moved + closing_.close(reasons);
    // What could not be done now (a payment that its provider does not close yet) is tried at every tick.
    const bool done = changed == found->bad_lots.size() + found->other_reasons.size() && !found->more;
    seen_ = done ? book : nullptr;
    look_again_ = now + pause_max;
    return changed;
}

/// Starts from the lots that unpaid orders hold packs of: they are few, and known at once.
Result<Rescue::Found> Rescue::find(const OfferBook& book) {
    return books_.pool.transact_blocking([&](database::Session& session) -> Result<Found> {
        const auto at = session.now();
        std::set<LotId> suspects;
        for (const auto& [id, sku] : held_lots(session)) {
            const auto* offer = book.offer(sku);
            const auto& lots = book.lots(sku);
            const auto lot = std::ranges::find(lots, id, &Lot::id);
            if (offer == nullptr || lot == lots.end()) continue;
            const bool good = !lot_fault(*lot, *offer->terms, shanghai_date(at)) &&
                              book.merchant_active(offer->terms->merchant) && offer->certification_at(at);
            if (!good) suspects.insert(id);
        }
        Found found;
        if (suspects.empty()) return found;
        const auto ids = open_orders_of(session, suspects, at - sample_age_min, orders_at_once);
        found.more = ids.size() == orders_at_once;
        for (const auto& [id, order] : load_orders(session, ids, Locking::none)) {
            if (const auto fault = hold_fault(order, book, at)) {
                found.other_reasons.emplace(id, *fault);
            } else {
                found.bad_lots.push_back(id);
            }
        }
        return found;
    });
}

Result<std::size_t> Rescue::reallocate(std::span<const OrderId> orders,
                                       std::map<OrderId, std::string>& without_goods) {
    Patience patience;
    std::map<OrderId, std::string> none_left;
    const auto moved = books_.pool.transact_blocking([&](database::Session& session) -> Result<std::size_t> {
        return patience.watch([&](Locking locking) {
            none_left.clear();
            return Reallocation{session, books_, locking}.run({orders.begin(), orders.end()}, none_left);
        });
    });
    if (!moved) return moved;
    if (*moved > 0) books_.committed();
    without_goods.merge(none_left);
    return moved;
}

Result<std::size_t> Rescue::reallocate_apart(const std::vector<OrderId>& orders,
                                             std::map<OrderId, std::string>& without_goods) {
    const auto together = [&](std::span<const OrderId> some) { return reallocate(some, without_goods); };
    const auto alone = [](OrderId id) -> Result<std::size_t> {
        observe::log_limited("order-not-relined",
                             "order " + std::to_string(number(id)) + " cannot be given other lots");
        return std::size_t{0};
    };
    return batch::isolate(std::span{orders}, together, alone,
                          [](auto& first, auto second) { first += second; });
}

}  // namespace shanhai::orders
