#include "orders/domain/offers.hpp"

#include <algorithm>

namespace shanhai::orders {

bool Certification::valid_at(Instant at) const {
    if (at < valid_from || at >= valid_to) return false;
    return state == CertificationState::certified || at < state_since;
}

std::optional<CertificationId> Offer::certification_at(Instant at) const {
    std::optional<CertificationId> found;
    for (const auto& certification : certifications) {
        if (certification.valid_at(at) && (!found || certification.id < *found)) found = certification.id;
    }
    return found;
}

bool Lot::sellable_on(Date today, std::chrono::days remaining_min) const {
    if (!saleable) return false;
    if (production && *production > today) return false;
    return !expiry || *expiry - today >= std::max(remaining_min, std::chrono::days{1});
}

const Offer* OfferBook::offer(SkuId sku) const {
    const auto found = offers_.find(number(sku));
    return found == offers_.end() ? nullptr : &found->second;
}

const Placement* OfferBook::placement(PlacementId id) const {
    const auto found = placements_.find(number(id));
    return found == placements_.end() ? nullptr : &found->second;
}

const std::vector<Lot>& OfferBook::lots(SkuId sku) const {
    static const std::vector<Lot> none;
    const auto found = lots_.find(number(sku));
    return found == lots_.end() ? none : found->second;
}

void OfferBook::add(Offer offer) {
    const auto sku = number(offer.terms->sku);
    offers_.insert_or_assign(sku, std::move(offer));
}

void OfferBook::add(Lot lot) {
    auto& lots = lots_[number(lot.sku)];
    const auto place = std::ranges::lower_bound(lots, lot.id, {}, &Lot::id);
    lots.insert(place, std::move(lot));
}

void OfferBook::add(Placement placement) { placements_.insert_or_assign(number(placement.id), placement); }

}  // namespace shanhai::orders
