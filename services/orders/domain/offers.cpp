#include "orders/domain/offers.hpp"

#include <algorithm>

namespace shanhai::orders {

CertificationState Certification::state_at(Instant at) const {
    if (at >= state_since) return state;
    auto found = CertificationState::certified;
    for (const auto& step : earlier) {
        if (step.since <= at) found = step.state;
    }
    return found;
}

bool Certification::valid_at(Instant at) const {
    return at >= valid_from && at < valid_to && state_at(at) == CertificationState::certified;
}

std::optional<CertificationId> Offer::certification_at(Instant at) const {
    std::optional<CertificationId> found;
    for (const auto& certification : certifications) {
        if (certification.valid_at(at) && (!found || certification.id < *found)) found = certification.id;
    }
    return found;
}

bool is_food(std::string_view category) {
    for (const std::string_view kind : {"handicraft_", "furniture_", "homeware_"}) {
        if (category.starts_with(kind)) return false;
    }
    return category != "raw_silk" && category != "tobacco";
}

bool Lot::sellable_on(Date today, std::chrono::days remaining_min, bool expiry_required) const {
    if (!saleable || (expiry_required && !expiry)) return false;
    if (production && *production > today) return false;
    return !expiry || *expiry - today >= std::max(remaining_min, std::chrono::days{1});
}

const Offer* OfferBook::offer(SkuId sku) const {
    const auto* goods = goods_.find(number(sku));
    return goods == nullptr || !goods->offer ? nullptr : &*goods->offer;
}

bool Bundle::whole() const {
    Fen sum;
    for (const auto& one : packs) {
        if (!one.terms->bundle || one.terms->bundle->version != version) return false;
        sum += one.terms->price * one.quantity;
    }
    return sum == price;
}

const Bundle* OfferBook::bundle(BundleId id) const { return bundles_.find(number(id)); }

const Placement* OfferBook::placement(PlacementId id) const { return placements_.find(number(id)); }

const std::vector<Lot>& OfferBook::lots(SkuId sku) const {
    static const std::vector<Lot> none;
    const auto* goods = goods_.find(number(sku));
    return goods == nullptr ? none : goods->lots;
}

void OfferBook::add(Offer offer) {
    auto& goods = goods_.change(number(offer.terms->sku));
    goods.offer = std::move(offer);
}

void OfferBook::add(Lot lot) {
    auto& lots = goods_.change(number(lot.sku)).lots;
    const auto place = std::ranges::lower_bound(lots, lot.id, {}, &Lot::id);
    if (place != lots.end() && place->id == lot.id) {
        *place = std::move(lot);
    } else {
        lots.insert(place, std::move(lot));
    }
}

void OfferBook::add(Bundle bundle) {
    auto& known = bundles_.change(number(bundle.id));
    known = std::move(bundle);
}

void OfferBook::add(Placement placement) { placements_.change(number(placement.id)) = placement; }

}  // namespace shanhai::orders
