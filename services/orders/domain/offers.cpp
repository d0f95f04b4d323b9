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
