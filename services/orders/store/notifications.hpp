#pragma once

#include "orders/store/order_writer.hpp"

#include <span>
#include <string>
#include <vector>

namespace shanhai::orders {

struct IncomingNotification {
    std::string provider;
    Notification notification;
    std::string body;
};

/// Stores what providers send, once, before it is answered; applies it afterwards from the table, so that
/// a crash in between loses nothing (FAILURES 4, 5).
class Notifications {
public:
    explicit Notifications(const Books& books) : books_{books} {}

    /// Fails, each for itself, with 503 `attempt-unknown`: it is kept, and the provider will repeat it.
    std::vector<Result<Done>> store(std::span<IncomingNotification> incoming);
    /// Applies what waits; returns how many it applied.
    std::size_t apply_waiting();

private:
    Result<std::size_t> apply_batch(std::size_t limit);
    /// The oldest one that waits makes its batch fail: it is put aside for a human.
    void quarantine_oldest();

    const Books& books_;
};

}  // namespace shanhai::orders
