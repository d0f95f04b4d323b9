#pragma once

#include "chassis/backoff.hpp"
#include "orders/application/books.hpp"
#include "orders/store/notification_rows.hpp"

#include <span>
#include <string>
#include <vector>

namespace shanhai::orders {

/// Stores what providers send, once, before it is answered; applies it afterwards from the table, so that
/// a crash in between loses nothing (FAILURES 4, 5).
class Notifications {
public:
    explicit Notifications(const Books& books) : books_{books} {}

    /// Fails, each for itself, with 503 `attempt-unknown`: it is kept, and the provider will repeat it.
    std::vector<Result<Done>> store(std::span<IncomingNotification> incoming);
    /// Applies what waits; returns how many it applied. What fails together is halved until the one that is
    /// at fault stands alone; that one, and no other, is put aside for a human. While the database cannot be
    /// written nothing is anybody's fault: then it returns, and does nothing for a while that grows with
    /// every failure.
    std::size_t apply_waiting();

private:
    using Ids = std::span<const std::uint64_t>;
    Result<std::vector<std::uint64_t>> find_waiting(std::uint64_t after);
    Result<std::size_t> apply_apart(Ids ids);
    Result<std::size_t> apply_together(Ids ids);
    Result<Done> quarantine(std::uint64_t id);

    const Books& books_;
    chassis::Backoff backoff_{std::chrono::milliseconds{500}, std::chrono::seconds{30}};
};

}  // namespace shanhai::orders
