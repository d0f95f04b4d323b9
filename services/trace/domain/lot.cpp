#include "trace/domain/lot.hpp"

#include <algorithm>

namespace shanhai::trace {
namespace {

using std::chrono::days;
using Faults = std::vector<FieldError>;

/// How long these goods keep at most.
days shelf_life(const KnownSku& sku) {
    return sku.shelf_life_days ? std::min(days{*sku.shelf_life_days}, shelf_life_max) : shelf_life_max;
}

/// How long before packing these goods may have been harvested: what spoils within a month was never stored,
/// and other food not longer than from one harvest to the next, unless it keeps longer itself.
days harvest_age(const KnownSku& sku) {
    constexpr days fresh{30};
    constexpr days one_harvest_to_the_next{366};
    if (!sku.food) return harvest_age_max;
    if (shelf_life(sku) <= fresh) return shelf_life(sku);
    return std::max(shelf_life(sku), one_harvest_to_the_next);
}

void check_production(const LotRequest& request, Date today, Faults& faults) {
    if (request.production > today) {
        faults.push_back({"/production_date", "a lot is registered once it is made, not before"});
    } else if (request.production < today - shelf_life_max) {
        faults.push_back({"/production_date", "nothing that was made ten years ago becomes a new lot"});
    }
}

void check_harvest(const LotRequest& request, const KnownSku& sku, Faults& faults) {
    if (!request.harvest) return;
    if (*request.harvest > request.production) {
        faults.push_back({"/harvest_date", "nothing is packed before it is harvested"});
    } else if (request.production - *request.harvest > harvest_age(sku)) {
        faults.push_back({"/harvest_date", "it was harvested longer before packing than these goods keep"});
    }
}

/// 食品安全法 34 and 67: what is eaten says until when, and nobody makes that longer than it is.
void check_expiry(const LotRequest& request, const std::optional<Date>& expiry, const KnownSku& sku,
                  Faults& faults) {
    if (!expiry) {
        if (sku.food) faults.push_back({"/expiry_date", "food has a shelf life or says when it expires"});
    } else if (*expiry <= request.production) {
        faults.push_back({"/expiry_date", "goods expire after the day they were made"});
    } else if (*expiry > request.production + shelf_life(sku)) {
        faults.push_back({"/expiry_date", "these goods keep " + std::to_string(shelf_life(sku).count()) +
                                              " days from the day they were made, no longer"});
    }
}

std::optional<Date> expiry_of(const LotRequest& request, const KnownSku& sku) {
    if (request.expiry || !sku.shelf_life_days) return request.expiry;
    return request.production + shelf_life(sku);
}

/// A base's yield binds nobody whose packs weigh what he likes.
void check_amounts(const LotRequest& request, const KnownSku& sku, Faults& faults) {
    const auto net_content = request.net_content.value_or(sku.net_content);
    if (request.quantity < 1 || request.quantity > lot_quantity_max) {
        faults.push_back({"/quantity", "a lot has 1 to 100000000 packs"});
    }
    if (net_content < Gram{1} || net_content > net_content_max) {
        faults.push_back({"/net_content_g", "a pack holds 1 to 10000000 grams"});
    } else if (net_content != sku.net_content) {
        faults.push_back({"/net_content_g", "a pack of this SKU holds another amount"});
    }
}

Error yield_exceeded(const std::string& of_crop, Gram most, Gram registered) {
    return {Failure::conflict,
            "yield-exceeded",
            "With this lot the base would have yielded more in one year than it can grow.",
            {{"/quantity", "the base can yield " + std::to_string(most.count()) + " g" + of_crop +
                               " a year, of which " + std::to_string(registered.count()) +
                               " g are registered already"}}};
}

}  // namespace

std::chrono::year Lot::harvest_year() const {
    return std::chrono::year_month_day{harvest.value_or(production)}.year();
}

bool Lot::same_registration(const Lot& other) const {
    return code == other.code && base == other.base && sku == other.sku && harvest == other.harvest &&
           production == other.production && expiry == other.expiry && quantity == other.quantity &&
           net_content == other.net_content && test_report_no == other.test_report_no &&
           conformity_certificate_no == other.conformity_certificate_no;
}

Result<Lot> draft_lot(const LotRequest& request, const Base& base, const KnownSku& sku, Date today) {
    const Gram net_content = request.net_content.value_or(sku.net_content);
    const auto expiry = expiry_of(request, sku);
    Faults faults;
    check_production(request, today, faults);
    check_harvest(request, sku, faults);
    check_expiry(request, expiry, sku, faults);
    check_amounts(request, sku, faults);
    if (request.county && *request.county != base.details.county) {
        faults.push_back({"/county_code", "a lot comes from the county of its base"});
    }
    if (sku.county != base.details.county) {
        faults.push_back(
            {"/base_id", "this base lies in another county than the product says it comes from"});
    }
    if (!faults.empty()) {
        return Error{Failure::invalid, "validation-failed", "The lot breaks a rule.", std::move(faults)};
    }
    return Lot{{},
               request.code,
               base.id,
               sku.id,
               sku.product,
               sku.merchant,
               base.details.county,
               request.harvest,
               request.production,
               expiry,
               request.quantity,
               net_content,
               request.conformity_certificate_no,
               request.test_report_no,
               true,
               {}};
}

std::optional<Date> checked_expiry(const Lot& lot, const KnownSku& sku) {
    if (!sku.food || !sku.shelf_life_days) return lot.expiry;
    const auto latest = std::min(lot.production + shelf_life(sku), told_day_max);
    return lot.expiry ? std::min(*lot.expiry, latest) : latest;
}

Result<Done> check_yield(const Base& base, const Lot& lot, std::string_view goods,
                         const std::vector<Registration>& registered) {
    const auto crop = crop_of(base.details.product_words, goods);
    Gram altogether{};
    Gram of_crop{};
    for (const auto& one : registered) {
        altogether += one.mass;
        if (crop_of(base.details.product_words, one.goods) == crop) of_crop += one.mass;
    }
    if (altogether + lot.mass() > base.yield_max()) return yield_exceeded("", base.yield_max(), altogether);
    if (of_crop + lot.mass() > base.yield_max(crop)) {
        return yield_exceeded(" of " + std::string{crop.word}, base.yield_max(crop), of_crop);
    }
    return Done{};
}

}  // namespace shanhai::trace
