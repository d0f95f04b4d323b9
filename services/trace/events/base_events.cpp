#include "trace/events/base_events.hpp"

#include "chassis/events/bounds.hpp"
#include "shanhai/event/v1/trace.pb.h"

#include <algorithm>
#include <vector>

namespace shanhai::trace {
namespace {

constexpr std::size_t bases_a_frame = 500;

event::v1::BaseDeclared fact_of(const Base& base) {
    const auto& details = base.details;
    event::v1::BaseDeclared fact;
    fact.set_base_id(number(base.id));
    fact.set_merchant_id(number(details.merchant));
    fact.set_county_code(std::string{details.county.text()});
    fact.set_name(details.name);
    for (const auto& word : details.product_words) fact.add_product_words(word);
    fact.set_mu_x100(details.area.count());
    fact.set_version(base.version);
    fact.set_confirmed(base.confirmed_by.has_value());
    fact.set_harvest_months(details.harvest_months.bits());
    return fact;
}

}  // namespace

void announce_bases(database::Session& session, std::span<const Base> bases) {
    while (!bases.empty()) {
        const auto frame = bases.first(std::min(bases.size(), bases_a_frame));
        std::vector<events::Event> events;
        for (const auto& base : frame) events.push_back(events::bounded(fact_of(base)));
        events::publish(session, events);
        bases = bases.subspan(frame.size());
    }
}

}  // namespace shanhai::trace
