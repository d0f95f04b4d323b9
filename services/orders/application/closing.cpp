#include "orders/application/closing.hpp"

#include "chassis/batch/batcher.hpp"
#include "chassis/batch/isolate.hpp"
#include "chassis/observe/log.hpp"
#include "orders/application/reports.hpp"
#include "orders/domain/ending.hpp"
#include "orders/store/attempt_rows.hpp"
#include "orders/store/hold_rows.hpp"
#include "orders/store/order_rows.hpp"
#include "orders/store/stock_book.hpp"

#include <algorithm>
#include <set>

namespace shanhai::orders {
namespace {

constexpr std::size_t batch_max = 256;
constexpr int batches_max = 1000;  // A call ends, however fast others expire.
constexpr std::chrono::minutes stuck_pause{1};

Result<Due> find_due(database::Pool& pool, Instant after) {
    return pool.transact_blocking([&](database::Session& session) -> Result<Due> {
        return load_due(session, session.now(), after, batch_max);
    });
}

/// One order's end inside the transaction of its batch.
class Finisher {
public:
    Finisher(database::Session& session, const Books& books, Locking locking)
        : session_{session}, books_{books}, locking_{locking} {}

    std::map<OrderId, Order> finish(const std::vector<OrderId>& ids, OrderState target,
                                    const std::map<OrderId, std::string>* reasons) {
        const auto now = session_.now();
        auto orders = load_orders(session_, ids, locking_);
        auto ready = find_ready(orders, target, now);
        if (ready.empty()) return orders;
        lock_stock(orders, ready);
        if (ready.empty()) return orders;
        for (const auto id : ready) end(orders.at(id), target, now);
        write_ends(session_, ends_of(orders, ready, target, reasons), now);
        forget_holds(session_, ready);
        stock_.flush(facts_);
        books_.publish(session_, facts_);
        over_ = ready;
        return orders;
    }
    const std::vector<OrderId>& over() const { return over_; }

private:
    static std::vector<OrderEnd> ends_of(std::map<OrderId, Order>& orders, const std::vector<OrderId>& ready,
                                         OrderState target, const std::map<OrderId, std::string>* reasons) {
        std::vector<OrderEnd> ends;
        for (const auto id : ready) {
            if (reasons != nullptr) orders.at(id).close_reason = reasons->at(id);
            ends.push_back(
                {id, target, reasons == nullptr ? std::nullopt : std::optional{orders.at(id).close_reason}});
        }
        return ends;
    }

    std::vector<OrderId> find_ready(const std::map<OrderId, Order>& orders, OrderState target, Instant now) {
        std::vector<OrderId> ids;
        for (const auto& [id, order] : orders) {
            if (may_end(order, {}, target, now)) ids.push_back(id);
        }
        const auto open = load_open_attempts_of(session_, ids);
        std::erase_if(ids, [&](OrderId id) { return !may_end(orders.at(id), open, target, now); });
        return ids;
    }

    /// Orders whose lots somebody has locked for long are left for the next time.
    void lock_stock(const std::map<OrderId, Order>& orders, std::vector<OrderId>& ready) {
        std::vector<LotId> lots;
        for (const auto id : ready) {
            for (const auto& line : orders.at(id).lines) lots.push_back(line.lot);
        }
        stock_.lock(std::move(lots), locking_);
        std::erase_if(ready, [&](OrderId id) {
            return std::ranges::any_of(orders.at(id).lines, [this](const OrderLine& line) {
                return stock_.find(line.lot) == nullptr;
            });
        });
    }

    void end(Order& order, OrderState target, Instant now) {
        for (const auto& line : order.lines) {
            stock_.post(StockMove::release, line.lot, line.quantity, order.id, now);
        }
        order.state = target;
        facts_.closed.push_back({order.id, order.number, now, target == OrderState::cancelled});
    }

    database::Session& session_;
    const Books& books_;
    Locking locking_;
    StockBook stock_{session_, NumberRange{books_.row_numbers}};
    Facts facts_;
    std::vector<OrderId> over_;
};

}  // namespace

std::size_t Closing::expire_due() {
    std::size_t ended = 0;
    Instant after{};
    if (!backoff_.due(books_.clock().steady())) return ended;
    for (int batches = 0; batches < batches_max; ++batches) {
        auto due = find_due(books_.pool, after);
        if (due && due->orders.empty()) return ended;
        const auto found = due ? due->orders.size() : 0;
        if (due) leave_stuck(due->orders);
        if (due) after = due->last - std::chrono::microseconds{1};  // Others may expire in the same one.
        const auto closed = due ? close_attempts(due->orders) : Result<Done>{due.error()};
        const auto orders = closed ? finish_apart(due->orders, {OrderState::expired, nullptr},
                                                  [this](OrderId id) { set_stuck(id); })
                                   : Ended{closed.error()};
        if (!orders) {
            backoff_.failed(books_.clock().steady());
            return ended;
        }
        backoff_.succeeded();
        free_stuck(*orders);
        const auto expired = static_cast<std::size_t>(std::ranges::count_if(
            *orders, [](const auto& one) { return one.second.state == OrderState::expired; }));
        ended += expired;
        // A batch that got nowhere is stepped over, so that a silent provider delays its own orders only.
        if (expired == 0) after = due->last;
        if (found < batch_max) return ended;
    }
    return ended;
}

std::size_t Closing::close(const std::map<OrderId, std::string>& reasons) {
    if (reasons.empty()) return 0;
    std::vector<OrderId> list;
    for (const auto& [id, reason] : reasons) list.push_back(id);
    leave_stuck(list);
    if (!close_attempts(list)) return 0;
    const auto orders =
        finish_apart(list, {OrderState::cancelled, &reasons}, [this](OrderId id) { set_stuck(id); });
    if (!orders) return 0;
    free_stuck(*orders);
    return static_cast<std::size_t>(std::ranges::count_if(
        *orders, [](const auto& one) { return one.second.state == OrderState::cancelled; }));
}

std::vector<Result<Done>> Closing::cancel(std::span<std::string> numbers) {
    const auto ids = books_.pool.transact_blocking(
        [&](database::Session& session) -> Result<std::map<std::string, OrderId>> {
            return order_ids(session, {numbers.begin(), numbers.end()});
        });
    if (!ids) return batch::answer_all<Done>(numbers.size(), ids.error());
    std::set<OrderId> wanted;
    for (const auto& [text, id] : *ids) wanted.insert(id);
    const std::vector<OrderId> list{wanted.begin(), wanted.end()};
    const auto closed = close_attempts(list);
    if (!closed) return batch::answer_all<Done>(numbers.size(), closed.error());
    std::set<OrderId> broken;
    const auto orders =
        finish_apart(list, {OrderState::cancelled, nullptr}, [&](OrderId id) { broken.insert(id); });
    if (!orders) return batch::answer_all<Done>(numbers.size(), orders.error());
    std::vector<Result<Done>> answers(numbers.size(), Result<Done>{Done{}});
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const auto id = ids->find(numbers[i]);
        if (id == ids->end()) {
            answers[i] = order_unknown();
        } else if (broken.contains(id->second)) {
            answers[i] =
                Error{Failure::internal, "order-not-closed", "order " + numbers[i] + " cannot be closed"};
        } else if (const auto order = orders->find(id->second); order == orders->end()) {
            Error error{Failure::unavailable, "stock-busy", "this order is being worked on; try again"};
            answers[i] = error.retry_after(std::chrono::seconds{1});
        } else if (const auto error = cancellation_refused(order->second)) {
            answers[i] = *error;
        }
    }
    return answers;
}

Result<Done> Closing::close_attempts(const std::vector<OrderId>& orders) {
    const auto attempts =
        books_.pool.transact_blocking([&](database::Session& session) -> Result<std::vector<Attempt>> {
            return load_open_attempts_of(session, orders);
        });
    if (!attempts) return attempts.error();
    std::vector<ProviderReport> reports;
    for (const auto& attempt : *attempts) {
        auto* provider = providers_.find(attempt.provider);
        auto report = provider == nullptr
                          ? Result<ProviderReport>{Error{Failure::unavailable, "provider-unknown", ""}}
                          : provider->close(attempt.number);
        if (report) {
            reports.push_back(std::move(*report));
        } else {
            observe::log_warning("attempt-not-closed", "attempt " + std::to_string(number(attempt.id)) +
                                                           ": " + report.error().message());
        }
    }
    const auto settled = apply_reports_apart(books_, reports);
    if (!settled) return settled.error();
    return Done{};
}

Closing::Ended Closing::finish(const std::vector<OrderId>& orders, const End& end) {
    Patience patience;
    std::vector<OrderId> over;
    auto ended = books_.pool.transact_blocking([&](database::Session& session) -> Ended {
        return patience.watch([&](Locking locking) {
            Finisher finisher{session, books_, locking};
            auto made = finisher.finish(orders, end.target, end.reasons);
            over = finisher.over();
            return made;
        });
    });
    if (ended && books_.holds != nullptr) books_.holds->release(over);
    if (ended) books_.committed();
    return ended;
}

void Closing::set_stuck(OrderId order) {
    const auto again = books_.clock().steady() + stuck_pause;
    if (!stuck_.insert_or_assign(order, again).second) return;
    stuck_count_ = stuck_.size();
    observe::log_error("order-not-closed", "order " + std::to_string(number(order)) +
                                               " cannot be closed; a human must look at it (shanhai check)");
}

/// Those that were stuck a moment ago are left alone for a while; those whose time has come may be so no
/// more.
void Closing::leave_stuck(std::vector<OrderId>& orders) {
    const auto now = books_.clock().steady();
    std::erase_if(orders, [&](OrderId id) {
        const auto found = stuck_.find(id);
        return found != stuck_.end() && found->second > now;
    });
}

void Closing::free_stuck(const std::map<OrderId, Order>& ended) {
    for (const auto& [id, order] : ended) {
        if (order.state != OrderState::created) stuck_.erase(id);
    }
    stuck_count_ = stuck_.size();
}

Closing::Ended Closing::finish_apart(const std::vector<OrderId>& orders, const End& end,
                                     const std::function<void(OrderId)>& cannot_end) {
    const auto together = [&](std::span<const OrderId> some) {
        return finish({some.begin(), some.end()}, end);
    };
    const auto alone = [&](OrderId id) -> Ended {
        cannot_end(id);
        return std::map<OrderId, Order>{};
    };
    const auto join = [](auto& first, auto&& second) { first.merge(second); };
    return batch::isolate(std::span{orders}, together, alone, join);
}

}  // namespace shanhai::orders
