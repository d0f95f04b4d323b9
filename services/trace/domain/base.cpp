#include "trace/domain/base.hpp"

#include <algorithm>

namespace shanhai::trace {
namespace {

Gram tolerated_yield(MuX100 area, std::int64_t kg_per_mu) {
    // area/100 mu × yield kg × 1000 g: ten grams for each hundredth of a mu and kilogram.
    const Gram declared = Gram{area.count()} * kg_per_mu * 10;
    const std::int64_t tolerated = (BasisPoint{10'000} + yield_tolerance).count();
    return Gram{(declared * tolerated).count() / 10'000};
}

}  // namespace

std::optional<Error> BaseDetails::fault() const {
    const auto best = kg_per_mu_max_of(product_words);
    if (yield_kg_per_mu <= best) return std::nullopt;
    return invalid_field("/yield_kg_per_mu",
                         "what grows here yields " + std::to_string(best) + " kg a mu and year at most");
}

std::string BaseDetails::canonical() const {
    std::string text = "merchant_id=" + std::to_string(number(merchant));
    text.append("\ncounty_code=").append(county.text());
    text.append("\nname=").append(name).append("\nvillage=").append(village);
    for (const auto& word : product_words) text.append("\nproduct_word=").append(word);
    text.append("\nmu_x100=").append(std::to_string(area.count()));
    text.append("\nyield_kg_per_mu=").append(std::to_string(yield_kg_per_mu));
    const auto months = harvest_months.numbers();
    for (const auto month : months) text.append("\nharvest_month=").append(std::to_string(month));
    if (position) {
        text.append("\nlatitude_e5=").append(std::to_string(position->latitude_e5()));
        text.append("\nlongitude_e5=").append(std::to_string(position->longitude_e5()));
    }
    return text + "\n";
}

Base Base::for_everybody() const {
    auto seen = *this;
    if (!details.position) return seen;
    seen.details.position = details.position->about();
    seen.position_about = true;
    return seen;
}

std::optional<Error> Base::fault_of_yielding() const {
    if (confirmed_by) return std::nullopt;
    return Error{Failure::conflict,
                 "base-unconfirmed",
                 "A second person has to confirm this base before lots are made of it.",
                 {{"/base_id", "nobody but its registrar has confirmed its area and yield"}}};
}

std::optional<Error> Base::fault_of_confirming(AccountId by, const std::set<AccountId>& writers) {
    if (!writers.contains(by)) return std::nullopt;
    return Error{
        Failure::forbidden, "second-person-needed",
        "Whoever registered a base, or changed it since it was confirmed last, does not confirm it."};
}

Gram Base::yield_max() const { return tolerated_yield(details.area, details.yield_kg_per_mu); }

Gram Base::yield_max(const CropYield& crop) const {
    return tolerated_yield(details.area, std::min(details.yield_kg_per_mu, crop.kg_per_mu_max));
}

}  // namespace shanhai::trace
