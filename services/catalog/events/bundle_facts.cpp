#include "catalog/events/bundle_facts.hpp"

#include "chassis/events/bounds.hpp"
#include "shanhai/event/v1/bundle.pb.h"

namespace shanhai::catalog {
namespace {

event::v1::BundlePublished fact_of(const Bundle& bundle) {
    event::v1::BundlePublished fact;
    fact.set_bundle_id(number(bundle.id));
    fact.set_merchant_id(number(bundle.merchant));
    fact.set_name(bundle.offer.name);
    fact.set_version(bundle.version);
    fact.set_price_fen(bundle.offer.price.count());
    fact.set_listed(bundle.listed);
    for (const auto& component : bundle.offer.components) {
        auto& part = *fact.add_components();
        part.set_sku_id(number(component.sku));
        part.set_quantity(component.packs);
    }
    return fact;
}

}  // namespace

void announce_bundle(database::Session& session, const Bundle& bundle) {
    events::publish(session, {events::bounded(fact_of(bundle))});
}

}  // namespace shanhai::catalog
