#include "orders/application/back_office.hpp"

#include "chassis/observe/log.hpp"

#include <string>

namespace shanhai::orders {

BackOffice::BackOffice(BookRoom& room, const Providers& providers)
    : room_{room},
      notifications_{room.books()},
      payments_{room.books(), providers},
      closing_{room.books(), providers},
      rescue_{room.books(), closing_},
      retention_{room.books().pool, unpaid_life},
      stranded_{room.books(), providers} {
    runners_.add("orders-notifications", applier_);
    runners_.add("orders-expiry", sweeper_);
    runners_.add("orders-payments", poller_);
    runners_.add("orders-holds", holds_reader_);
    runners_.add("orders-retention", keeper_);
}

Result<Done> BackOffice::look_first() {
    if (const auto offers = room_.refresh_offers(); !offers) return offers;
    if (const auto holds = room_.refresh_holds(); !holds) return holds;
    stranded_.look();
    return Done{};
}

void BackOffice::read_holds() {
    const auto read = room_.refresh_holds();
    if (!read) observe::log_warning("holds-not-read", read.error().message());
}

observe::Health::Finding BackOffice::payments_finding() const {
    if (const auto stuck = closing_.stuck(); stuck > 0) {
        return {false,
                std::to_string(stuck) + " unpaid orders cannot be ended: see the log and shanhai check"};
    }
    if (stranded_.count() == 0) return {true, ""};
    return {false, std::to_string(stranded_.count()) + " payments at providers that are not used any more"};
}

void BackOffice::report(observe::Health& health) const {
    health.check("orders payments", true, [this] { return payments_finding(); });
}

}  // namespace shanhai::orders
