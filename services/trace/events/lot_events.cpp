#include "trace/events/lot_events.hpp"

#include "chassis/events/bounds.hpp"
#include "shanhai/event/v1/trace.pb.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace shanhai::trace {
namespace {

constexpr std::size_t lots_a_frame = 500;

std::int64_t day_number(Date day) { return day.time_since_epoch().count(); }

event::v1::LotRegistered fact_of(const Lot& lot) {
    using Days = std::numeric_limits<std::int64_t>;
    event::v1::LotRegistered fact;
    fact.set_lot_id(number(lot.id));
    fact.set_lot_code(lot.code.text());
    fact.set_sku_id(number(lot.sku));
    fact.set_product_id(number(lot.product));
    fact.set_merchant_id(number(lot.merchant));
    fact.set_base_id(number(lot.base));
    fact.set_county_code(std::string{lot.county.text()});
    fact.set_harvest_day(lot.harvest ? day_number(*lot.harvest) : Days::min());
    fact.set_production_day(day_number(lot.production));
    fact.set_expiry_day(lot.expiry ? day_number(*lot.expiry) : Days::max());
    fact.set_quantity(lot.quantity);
    fact.set_net_content_g(lot.net_content.count());
    fact.set_saleable(lot.saleable);
    return fact;
}

}  // namespace

void announce(database::Session& session, std::span<const Lot> lots) {
    while (!lots.empty()) {
        const auto frame = lots.first(std::min(lots.size(), lots_a_frame));
        std::vector<events::Event> events;
        for (const auto& lot : frame) events.push_back(events::bounded(fact_of(lot)));
        events::publish(session, events);
        lots = lots.subspan(frame.size());
    }
}

}  // namespace shanhai::trace
