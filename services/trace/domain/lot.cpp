#include "trace/domain/lot.hpp"

namespace shanhai::trace {
namespace {

void check_dates(const LotRequest& request, Date today, std::vector<FieldError>& faults) {
    if (request.harvest && *request.harvest > request.production) {
        faults.push_back({"/harvest_date", "nothing is packed before it is harvested"});
    }
    if (request.production > today) {
        faults.push_back({"/production_date", "a lot is registered once it is made, not before"});
    }
    if (request.expiry && *request.expiry <= request.production) {
        faults.push_back({"/expiry_date", "goods expire after the day they were made"});
    }
}

void check_amounts(const LotRequest& request, Gram net_content, std::vector<FieldError>& faults) {
    if (request.quantity < 1 || request.quantity > lot_quantity_max) {
        faults.push_back({"/quantity", "a lot has 1 to 100000000 packs"});
    }
    if (net_content < Gram{1} || net_content > net_content_max) {
        faults.push_back({"/net_content_g", "a pack holds 1 to 10000000 grams"});
    }
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
    std::vector<FieldError> faults;
    check_dates(request, today, faults);
    check_amounts(request, net_content, faults);
    if (request.county && *request.county != base.details.county) {
        faults.push_back({"/county_code", "a lot comes from the county of its base"});
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
               request.expiry,
               request.quantity,
               net_content,
               request.conformity_certificate_no,
               request.test_report_no,
               true,
               {}};
}

Result<Done> check_yield(const Base& base, const Lot& lot, Gram registered) {
    if (registered + lot.mass() <= base.yield_max()) return Done{};
    return Error{Failure::conflict,
                 "yield-exceeded",
                 "With this lot the base would have yielded more in one year than it can grow.",
                 {{"/quantity", "the base can yield " + std::to_string(base.yield_max().count()) +
                                    " g a year, of which " + std::to_string(registered.count()) +
                                    " g are registered already"}}};
}

}  // namespace shanhai::trace
