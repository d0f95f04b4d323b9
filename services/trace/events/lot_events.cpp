#include "trace/events/lot_events.hpp"

#include "chassis/events/bounds.hpp"
#include "shanhai/event/v1/trace.pb.h"

#include <algorithm>
#include <limits>

namespace shanhai::trace {
namespace {

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
    // A lot from before expiries were checked may claim the year 9999.
    const auto latest = lot.production + shelf_life_max;
    fact.set_expiry_day(lot.expiry ? day_number(std::min(*lot.expiry, latest)) : Days::max());
    fact.set_quantity(lot.quantity);
    fact.set_net_content_g(lot.net_content.count());
    fact.set_saleable(lot.saleable);
    return fact;
}

}  // namespace

void announce(database::Session& session, const Lot& lot) {
    events::publish(session, {events::bounded(fact_of(lot))});
}

}  // namespace shanhai::trace
