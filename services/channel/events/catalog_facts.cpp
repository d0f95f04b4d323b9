#include "channel/events/catalog_facts.hpp"

#include "channel/store/known_facts.hpp"
#include "shanhai/event/v1/catalog.pb.h"

#include <string>

namespace shanhai::channel {
namespace {

// Dereferencing the Result throws when the code is no county's: the consumer then stops at that frame.
CountyCode county_code(const std::string& text) { return *CountyCode::parse(text); }

}  // namespace

void apply_catalog_fact(database::Session& session, const events::Event& event) {
    event::v1::CountyRegistered county;
    event::v1::OfferPublished offer;
    if (event.read(county)) {
        remember_county(session, county_code(county.county_code()), county.name());
    } else if (event.read(offer)) {
        remember_product(session, ProductId{offer.product_id()}, offer.product_name(),
                         county_code(offer.county_code()));
        touch_revision(session);
    }
}

}  // namespace shanhai::channel
