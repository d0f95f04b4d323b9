#include "trace/events/catalog_facts.hpp"

#include "shanhai/event/v1/catalog.pb.h"
#include "trace/events/lot_events.hpp"
#include "trace/store/known_facts.hpp"

namespace shanhai::trace {
namespace {

// Dereferencing the Result throws when the code is no county's: the consumer then stops at that frame.
CountyCode county_code(const std::string& text) { return *CountyCode::parse(text); }

/// A catalog of before says neither whether it is food nor how long it keeps: then it counts as food.
KnownSku sku_of(const event::v1::OfferPublished& offer) {
    KnownSku sku{SkuId{offer.sku_id()},
                 ProductId{offer.product_id()},
                 MerchantId{offer.merchant_id()},
                 offer.product_name(),
                 county_code(offer.county_code()),
                 Gram{offer.net_content_g()},
                 !offer.has_food() || offer.food(),
                 std::nullopt,
                 offer.never_listed() && !offer.listed()};
    if (offer.shelf_life_days() > 0) sku.shelf_life_days = offer.shelf_life_days();
    return sku;
}

void learn_county(database::Session& session, const event::v1::CountyRegistered& county) {
    remember(session, KnownCounty{county_code(county.county_code()), county.name()});
    database::touch_everything(session);  // Many cards may name it.
}

void learn_merchant(database::Session& session, const event::v1::MerchantRegistered& merchant) {
    const MerchantId id{merchant.merchant_id()};
    remember(session, KnownMerchant{id, merchant.name(), OrganisationId{merchant.organisation_id()},
                                    merchant.active()});
    database::touch(session, merchant_kind, id);
}

/// Lots from before food had to expire are told again with the expiry that they should have had.
void learn_offer(database::Session& session, const event::v1::OfferPublished& offer) {
    const auto sku = sku_of(offer);
    remember(session, sku);
    announce(session, complete_expiry(session, sku));
    database::touch(session, product_kind, sku.product);
}

}  // namespace

const events::Lessons& lessons() {
    using events::Past;
    static const auto all = events::Lessons{}
                                .of<event::v1::CountyRegistered>(Past::latest, learn_county)
                                .of<event::v1::MerchantRegistered>(Past::latest, learn_merchant)
                                .of<event::v1::OfferPublished>(Past::latest, learn_offer);
    return all;
}

}  // namespace shanhai::trace
