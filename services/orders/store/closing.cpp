#include "orders/store/closing.hpp"

#include "chassis/batch/batcher.hpp"
#include "chassis/observe/log.hpp"
#include "orders/store/attempt_reader.hpp"
#include "orders/store/settlement.hpp"
#include "orders/store/sql.hpp"

#include <algorithm>
#include <set>

namespace shanhai::orders {
namespace {

constexpr std::size_t batch_max = 256;

struct Due {
    std::vector<OrderId> orders;
    Instant last{};
};

/// The orders that expired after `after`, oldest first.
Result<Due> find_due(database::Pool& pool, Instant after) {
    return pool.transact_blocking([&](database::Session& session) -> Result<Due> {
        Due due;
        auto rows = session.query(
            "SELECT order_id, expires_at FROM orders WHERE state = 'CREATED' AND expires_at <= ? "
            "AND expires_at > ? ORDER BY expires_at LIMIT ?",
            session.database_now(), after, batch_max);
        while (rows.next()) {
            due.orders.push_back(rows.id<OrderId>(0));
            due.last = rows.instant(1);
        }
        return due;
    });
}

/// One order's end inside the transaction of its batch.
class Finisher {
public:
    Finisher(database::Session& session, const Books& books, NumberRange entries)
        : session_{session}, books_{books}, stock_{session, entries} {}

    std::map<OrderId, Order> finish(const std::vector<OrderId>& ids, OrderState target) {
        const auto now = session_.database_now();
        auto orders = load_orders(session_, ids, Locking::for_update);
        const auto ready = find_ready(orders, target, now);
        if (ready.empty()) return orders;
        lock_stock(orders, ready);
        for (const auto id : ready) end(orders.at(id), target, now);
        const auto changed =
            session_.run("UPDATE orders SET state = " + database::Literal{wire_name(target)}.text() +
                         ", closed_at = " + database::Literal{now}.text() +
                         " WHERE state = 'CREATED' AND order_id IN " + in_list(ready));
        if (changed != ready.size()) throw std::logic_error{"an order was closed that is not open"};
        stock_.flush(facts_);
        books_.publish(session_, facts_);
        return orders;
    }

private:
    /// An order with an open attempt may be paid at any moment, so it has to wait.
    std::vector<OrderId> find_ready(const std::map<OrderId, Order>& orders, OrderState target, Instant now) {
        std::vector<OrderId> candidates;
        for (const auto& [id, order] : orders) {
            const bool due = target == OrderState::cancelled || order.expires <= now;
            if (order.state == OrderState::created && due) candidates.push_back(id);
        }
        std::set<OrderId> open;
        for (const auto& attempt : load_open_attempts_of(session_, candidates)) open.insert(attempt.order);
        std::erase_if(candidates, [&](OrderId id) { return open.contains(id); });
        return candidates;
    }

    void lock_stock(const std::map<OrderId, Order>& orders, const std::vector<OrderId>& ready) {
        std::vector<LotId> lots;
        for (const auto id : ready) {
            for (const auto& line : orders.at(id).lines) lots.push_back(line.lot);
        }
        stock_.lock(std::move(lots));
    }

    void end(Order& order, OrderState target, Instant now) {
        for (const auto& line : order.lines) {
            stock_.post(StockMove::release, line.lot, line.quantity, order.id, now);
        }
        if (!may_become(order.state, target)) throw std::logic_error{"an order is closed that is over"};
        order.state = target;
        facts_.closed.push_back({order.id, order.number, now, target == OrderState::cancelled});
    }

    database::Session& session_;
    const Books& books_;
    StockBook stock_;
    Facts facts_;
};

/// Why an order is not cancelled after all; nothing when it is.
std::optional<Error> refusal(const Order& order) {
    switch (order.state) {
        case OrderState::cancelled:
            return std::nullopt;
        case OrderState::created: {
            Error error{Failure::unavailable, "provider-unavailable",
                        "a payment of this order could not be closed yet; try again"};
            return error.retry_after(std::chrono::seconds{5});
        }
        case OrderState::paid:
        case OrderState::expired:
            break;
    }
    return Error{Failure::conflict, "order-not-cancellable",
                 "the order is " + std::string{wire_name(order.state)} + " and cannot be cancelled"};
}

}  // namespace

std::size_t Closing::expire_due() {
    std::size_t ended = 0;
    Instant after{};
    while (true) {
        const auto due = find_due(books_.pool, after);
        if (!due || due->orders.empty()) return ended;
        // Others may expire in the same microsecond as the last one.
        after = due->last - std::chrono::microseconds{1};
        const auto closed = close_attempts(due->orders);
        if (!closed) return ended;
        const auto orders = finish(due->orders, OrderState::expired);
        if (!orders) return ended;
        const auto expired = static_cast<std::size_t>(std::ranges::count_if(
            *orders, [](const auto& one) { return one.second.state == OrderState::expired; }));
        ended += expired;
        // A batch that got nowhere is stepped over, so that a silent provider delays its own orders only.
        if (expired == 0) after = due->last;
        if (due->orders.size() < batch_max) return ended;
    }
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
    const auto orders = finish(list, OrderState::cancelled);
    if (!orders) return batch::answer_all<Done>(numbers.size(), orders.error());
    std::vector<Result<Done>> answers(numbers.size(), Result<Done>{Done{}});
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const auto id = ids->find(numbers[i]);
        if (id == ids->end()) {
            answers[i] = Error{Failure::not_found, "order-unknown", "there is no such order"};
        } else if (const auto error = refusal(orders->at(id->second))) {
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
    const auto settled = settle(books_, reports);
    if (!settled) return settled.error();
    return Done{};
}

Result<std::map<OrderId, Order>> Closing::finish(const std::vector<OrderId>& orders, OrderState target) {
    if (orders.empty()) return std::map<OrderId, Order>{};
    const auto rows = orders.size() * Settlement::rows_per_report;
    const auto first = books_.row_numbers.take(rows);
    if (!first) return first.error();
    auto ended =
        books_.pool.transact_blocking([&](database::Session& session) -> Result<std::map<OrderId, Order>> {
            return Finisher{session, books_, NumberRange{*first, rows}}.finish(orders, target);
        });
    if (ended) books_.committed();
    return ended;
}

}  // namespace shanhai::orders
