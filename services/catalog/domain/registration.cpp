#include "catalog/domain/registration.hpp"

namespace shanhai::catalog {

Merchant VerifiedMerchant::as_new() const {
    return {.id = {},
            .name = name,
            .kind = kind,
            .county = county,
            .uscc = uscc,
            .food_licence = food_licence,
            .organisation = organisation,
            .self_operated = false,
            .sample = false,
            .active = true,
            .area_note = area_note,
            .version = 1,
            .licences = licences,
            .lapsed = false};
}

Merchant VerifiedMerchant::as_owner_of(Merchant known) const {
    known.organisation = organisation;
    known.uscc = uscc;
    if (food_licence) known.food_licence = food_licence;
    if (known.area_note.empty()) known.area_note = area_note;
    known.licences = licences;
    known.lapsed = false;
    known.version += 1;
    return known;
}

Course course_of(const VerifiedMerchant& verified, bool county_known, const Merchant* by_code,
                 const Merchant* by_name) {
    if (!county_known) return {Hindrance::county_unknown, std::nullopt};
    const auto* const known = by_code != nullptr ? by_code : by_name;
    if (known == nullptr) {
        if (verified.as_new().fault()) return {Hindrance::papers_differ, std::nullopt};
        return {};
    }
    const bool own = known->organisation == verified.organisation;
    if (by_code == nullptr && (!own || known->uscc)) return {Hindrance::name_taken, std::nullopt};
    if (!own && known->organisation != OrganisationId{}) return {Hindrance::code_taken, std::nullopt};
    if (verified.as_owner_of(*known).fault()) return {Hindrance::papers_differ, std::nullopt};
    return {std::nullopt, known->id};
}

}  // namespace shanhai::catalog
