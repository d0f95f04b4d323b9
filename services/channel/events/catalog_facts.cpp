#include "channel/events/catalog_facts.hpp"

#include "channel/store/known_facts.hpp"
#include "shanhai/event/v1/catalog.pb.h"

#include <string>

namespace shanhai::channel {
namespace {

// Dereferencing the Result throws when the code is no county's: the consumer then stops at that frame.
CountyCode county_code(const std::string& text) { return *CountyCode::parse(text); }

void learn_county(database::Session& session, const event::v1::CountyRegistered& county) {
    remember_county(session, county_code(county.county_code()), county.name());
}

void learn_offer(database::Session& session, const event::v1::OfferPublished& offer) {
    remember_product(session, ProductId{offer.product_id()}, offer.product_name(),
                     county_code(offer.county_code()), offer.never_listed() && !offer.listed());
    database::touch(session, product_kind, ProductId{offer.product_id()});
}

}  // namespace

const events::Lessons& lessons() {
    using events::Past;
    static const auto all = events::Lessons{}
                                .of<event::v1::CountyRegistered>(Past::latest, learn_county)
                                .of<event::v1::OfferPublished>(Past::latest, learn_offer);
    return all;
}

}  // namespace shanhai::channel
