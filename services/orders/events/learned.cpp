#include "orders/events/learned.hpp"

#include "orders/store/bundle_rows.hpp"
#include "orders/store/fact_store.hpp"
#include "shanhai/event/v1/bundle.pb.h"
#include "shanhai/event/v1/catalog.pb.h"
#include "shanhai/event/v1/channel.pb.h"
#include "shanhai/event/v1/trace.pb.h"

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace shanhai::orders {
namespace {

namespace v1 = event::v1;

template <class E>
E named(const std::string& name) {
    const auto value = from_wire_name<E>(name);
    if (!value) throw std::runtime_error{"an event holds a name that is not in the vocabulary: " + name};
    return *value;
}

std::optional<Date> day(std::int64_t days) {
    if (days == std::numeric_limits<std::int64_t>::min() ||
        days == std::numeric_limits<std::int64_t>::max()) {
        return std::nullopt;
    }
    return Date{std::chrono::days{days}};
}

/// The database's DATETIME ends at the year 9999; «without end» is stored as that.
Instant moment(std::int64_t microseconds) {
    const Instant first = std::chrono::sys_days{std::chrono::year{1970} / 1 / 2};
    const Instant last = std::chrono::sys_days{std::chrono::year{9999} / 12 / 31};
    return instant_of(std::clamp(microseconds, unix_microseconds(first), unix_microseconds(last)));
}

/// A certification counts from the first of its days on, but never before it was entered: what was paid until
/// then was not certified, whatever anybody writes down later.
Certification certification_of(const v1::Certification& fact) {
    return {CertificationId{fact.certification_id()},
            moment(std::max(fact.valid_from_us(), fact.recorded_us())), moment(fact.valid_to_us()),
            named<CertificationState>(fact.state()), moment(fact.state_since_us())};
}

Offer offer_of(const v1::OfferPublished& fact) {
    auto terms = std::make_shared<OfferTerms>();
    terms->sku = SkuId{fact.sku_id()};
    terms->product = ProductId{fact.product_id()};
    terms->merchant = MerchantId{fact.merchant_id()};
    terms->product_name = fact.product_name();
    terms->sku_name = fact.sku_name();
    terms->merchant_name = fact.merchant_name();
    terms->product_version = fact.product_version();
    terms->snapshot_hash = fact.snapshot_hash();
    terms->price_version = fact.price_version();
    terms->price = Fen{fact.price_fen()};
    terms->net_content = Gram{fact.net_content_g()};
    terms->order_quantity_max = fact.quantity_max();
    terms->return_policy = named<ReturnPolicy>(fact.return_policy());
    terms->purchase_mode = named<PurchaseMode>(fact.purchase_mode());
    terms->remaining_min = std::chrono::days{fact.min_remaining_days()};
    terms->food = is_food(fact.category());
    Offer offer{terms, fact.listed(), {}};
    offer.never_listed = fact.never_listed() && !fact.listed();
    if (fact.price_since_us() > 0) offer.price_since = instant_of(fact.price_since_us());
    for (const auto& certification : fact.certifications()) {
        // One that was entered when its term was over has never counted.
        if (certification.recorded_us() > 0 && certification.recorded_us() >= certification.valid_to_us())
            continue;
        offer.certifications.push_back(certification_of(certification));
    }
    return offer;
}

/// A fact without an amount says nothing of it.
std::optional<std::int64_t> packs(std::int64_t quantity) {
    return quantity > 0 ? std::optional{quantity} : std::nullopt;
}

Lot lot_of(const v1::LotRegistered& fact) {
    return {LotId{fact.lot_id()},       SkuId{fact.sku_id()},   fact.lot_code(), fact.county_code(),
            day(fact.production_day()), day(fact.expiry_day()), fact.saleable(), packs(fact.quantity())};
}

void learn_offer(database::Session& session, const v1::OfferPublished& offer) {
    FactWriter{session}.save(offer_of(offer));
}

void learn_bundle(database::Session& session, const v1::BundlePublished& told) {
    KnownBundle bundle{BundleId{told.bundle_id()},
                       MerchantId{told.merchant_id()},
                       told.version(),
                       told.name(),
                       Fen{told.price_fen()},
                       told.listed(),
                       {}};
    for (const auto& part : told.components()) {
        bundle.parts.push_back({SkuId{part.sku_id()}, part.quantity()});
    }
    save_bundle(session, bundle);
}

void learn_lot(database::Session& session, const v1::LotRegistered& lot) {
    FactWriter{session}.save(lot_of(lot));
}

void learn_placement(database::Session& session, const v1::PlacementRegistered& placement) {
    FactWriter{session}.save(
        Placement{PlacementId{placement.placement_id()}, named<ChannelKind>(placement.channel())});
}

void learn_merchant(database::Session& session, const v1::MerchantRegistered& merchant) {
    FactWriter{session}.save_merchant({MerchantId{merchant.merchant_id()}, merchant.name(),
                                       OrganisationId{merchant.organisation_id()}, merchant.active()});
}

}  // namespace

const events::Lessons& lessons() {
    using events::Past;
    static const auto all = events::Lessons{}
                                // Whether it was certified when an order was paid must stay known.
                                .of<v1::OfferPublished>(Past::every_fact, learn_offer)
                                .of<v1::BundlePublished>(Past::latest, learn_bundle)
                                .of<v1::LotRegistered>(Past::latest, learn_lot)
                                .of<v1::PlacementRegistered>(Past::latest, learn_placement)
                                .of<v1::MerchantRegistered>(Past::latest, learn_merchant);
    return all;
}

}  // namespace shanhai::orders
