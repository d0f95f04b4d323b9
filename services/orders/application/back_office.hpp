#pragma once

#include "chassis/observe/health.hpp"
#include "chassis/periodic.hpp"
#include "chassis/service/runners.hpp"
#include "orders/application/book_room.hpp"
#include "orders/application/closing.hpp"
#include "orders/application/notifications.hpp"
#include "orders/application/payments.hpp"
#include "orders/application/rescue.hpp"
#include "orders/application/stranded_payments.hpp"
#include "orders/store/retention.hpp"

#include <chrono>

namespace shanhai::orders {

/// What is done without anybody asking for it: notifications applied, unpaid orders ended, goods rescued,
/// providers asked, money given back, old records forgotten. A thread each, so that a provider that does not
/// answer delays nothing else.
class BackOffice {
public:
    BackOffice(BookRoom& room, const Providers& providers);

    /// What must be known before the first order is taken. Fails when the database does.
    Result<Done> look_first();
    /// Adds to /readyz what needs a human.
    void report(observe::Health& health) const;

    void start() { runners_.start(); }
    void stop() { runners_.stop(); }
    /// A notification was stored. From any thread.
    void apply_notifications() { applier_.wake(); }

private:
    static constexpr std::chrono::milliseconds tick{1000};
    static constexpr std::chrono::milliseconds keeping_tick{5000};
    static constexpr std::chrono::hours unpaid_life{7 * 24};

    void read_holds();
    observe::Health::Finding payments_finding() const;

    BookRoom& room_;
    Notifications notifications_;
    Payments payments_;
    Closing closing_;
    Rescue rescue_;
    Retention retention_;
    StrandedPayments stranded_;
    // Last, so that their threads end before what they use.
    chassis::Periodic applier_{"orders-notifications", tick, [this] { notifications_.apply_waiting(); }};
    chassis::Periodic sweeper_{"orders-expiry", tick, [this] {
                                   closing_.expire_due();
                                   rescue_.run();
                               }};
    chassis::Periodic poller_{"orders-payments", tick, [this] {
                                  payments_.poll();
                                  payments_.refund_due();
                              }};
    chassis::Periodic holds_reader_{"orders-holds", tick, [this] { read_holds(); }};
    chassis::Periodic keeper_{"orders-retention", keeping_tick, [this] {
                                  retention_.run();
                                  stranded_.look();
                              }};
    chassis::Runners runners_;
};

}  // namespace shanhai::orders
