#include "catalog/events/announcer.hpp"

#include "catalog/events/facts.hpp"
#include "chassis/events/bounds.hpp"

namespace shanhai::catalog {

void announce(database::Session& session, const Announcement& announcement) {
    std::vector<events::Event> events;
    for (const auto& county : announcement.counties) events.push_back(events::bounded(fact_of(county)));
    for (const auto& pairing : announcement.pairings) events.push_back(events::bounded(fact_of(pairing)));
    for (const auto& merchant : announcement.merchants) events.push_back(events::bounded(fact_of(merchant)));
    for (const auto& offer : announcement.offers) {
        for (const auto& sku : offer.product.skus) {
            events.push_back(events::bounded(fact_of(offer.product, sku, offer.merchant)));
        }
    }
    for (const auto& kept : announcement.handed_over) events.push_back(events::bounded(fact_of(kept)));
    if (announcement.all_handed_over) {
        event::v1::CertificationsHandedOver end;
        end.set_certifications(announcement.all_handed_over->count);
        end.set_last_certification_id(announcement.all_handed_over->last_id);
        events.push_back(events::bounded(end));
    }
    events::publish(session, events);
}

}  // namespace shanhai::catalog
