#include "certification/domain/scheme.hpp"

#include <algorithm>
#include <array>

namespace shanhai::certification {
namespace {

using std::chrono::year;

/// What follows a county's name in the name of an office that may recognise its goods (县级认定).
constexpr std::array<std::string_view, 6> of_a_county{"人民政府",     "乡村振兴局",   "农业农村局",
                                                      "乡村振兴部门", "农业农村部门", "农业农村和乡村振兴局"};
constexpr int years_max = 3;
constexpr int months_a_year = 12;

/// Which office of that county this is (乡村振兴局); empty when it is none.
std::string_view office_of(const KnownCounty& county, std::string_view name) {
    for (const std::string_view own : {std::string_view{county.name}, std::string_view{county.short_name}}) {
        if (!name.starts_with(own)) continue;
        const auto office = name.substr(own.size());
        if (std::ranges::find(of_a_county, office) != of_a_county.end()) return office;
    }
    return {};
}

bool decides(const Scheme& scheme, const KnownCounty& county, std::string_view authority) {
    if (scheme.offices.empty()) return !office_of(county, authority).empty();
    return std::ranges::find(scheme.offices, authority) != scheme.offices.end();
}

Error not_the_authority() {
    return Error{Failure::forbidden, "not-the-authority",
                 "your organisation is not the office that decides under that scheme"};
}

/// As far as identity says where it is.
bool seated_in(const Organisation& organisation, const std::optional<CountyCode>& seat) {
    return !seat || !organisation.county || *organisation.county == *seat;
}

bool paired(const Scheme& scheme, const KnownCounty& county, const std::vector<KnownPairing>& pairings,
            Date day) {
    return !scheme.district || std::ranges::any_of(pairings, [&](const KnownPairing& pairing) {
        return pairing.district.text() == scheme.district->text() && pairing.area.holds(county.code) &&
               pairing.certainty == Certainty::stated && pairing.valid_on(day);
    });
}

Date new_year(int number) { return Date{year{number} / 1 / 1}; }

std::optional<Error> term_fault(const Certification& one, const Scheme& scheme) {
    if (one.valid_from < new_year(one.year) || one.valid_from >= new_year(one.year + 1)) {
        return invalid_field("/valid_from", "a recognition begins within the year it is given for");
    }
    if (one.valid_to > scheme.latest_end(one.year, one.valid_from)) {
        return invalid_field("/valid_to", "a recognition under this scheme does not last so long");
    }
    return std::nullopt;
}

}  // namespace

bool is_seated_in(const KnownCounty& county, const Organisation& organisation) {
    return organisation.office && organisation.county == county.code;
}

std::string names_of_county_offices() {
    std::string names;
    for (const auto name : of_a_county) names.append(names.empty() ? "" : "、").append(name);
    return names;
}

bool is_office_of(const KnownCounty& county, const Organisation& organisation) {
    return is_seated_in(county, organisation) && !office_of(county, organisation.proper_name()).empty();
}

Date months_after(Date day, int months) {
    const std::chrono::year_month_day from{day};
    const auto later = from + std::chrono::months{months};
    return later.ok() ? Date{later} : Date{later.year() / later.month() / std::chrono::last};
}

std::optional<Error> Scheme::fault() const {
    const int most = term_unit == TermUnit::months ? years_max * months_a_year : years_max;
    if (term < 1 || term > most) {
        return invalid_field("/term", "a recognition holds for a month to three years");
    }
    if (offices.empty() && district) {
        return invalid_field("/offices", "a district's scheme names the office that decides");
    }
    if (!by_application && (notice_days > 0 || recommendations > 0)) {
        return invalid_field("/by_application", "a notice and recommendations belong to applications");
    }
    if (!by_application && !required_evidence.empty()) {
        return invalid_field("/required_evidence", "papers belong to applications");
    }
    if (!by_application && base_required) {
        return invalid_field("/base_required", "a base is asked for of applications");
    }
    if (by_application && notice_days == 0) {
        return invalid_field("/notice_days", "what is decided on applications is put to the public before");
    }
    return std::nullopt;
}

bool Scheme::takes(const CountyCode& county) const {
    return counties.empty() || std::ranges::find(counties, county) != counties.end();
}

Date Scheme::latest_end(int year, Date from) const {
    return term_unit == TermUnit::months ? months_after(from, term) : new_year(year + term);
}

std::optional<Error> fault_under_scheme(const Certification& certification, const Scheme& scheme,
                                        const KnownCounty& county, const std::vector<KnownPairing>& pairings,
                                        Date today) {
    if (!decides(scheme, county, certification.authority)) {
        return invalid_field("/authority", "this office does not decide under that scheme");
    }
    const int this_year{static_cast<int>(std::chrono::year_month_day{today}.year())};
    if (certification.year < this_year || certification.year > this_year + entered_years_early_max) {
        return invalid_field("/year", "a recognition is entered for this year or the next");
    }
    if (auto fault = term_fault(certification, scheme)) return fault;
    if (certification.valid_to <= today) {
        return invalid_field("/valid_to", "what is over already is not entered any more");
    }
    return fault_of_goods(scheme, county, pairings, certification.valid_from);
}

std::optional<Error> fault_of_goods(const Scheme& scheme, const KnownCounty& county,
                                    const std::vector<KnownPairing>& pairings, Date day) {
    if (!scheme.takes(county.code)) {
        return invalid_field("/product_id", "that scheme is not for goods of the product's county");
    }
    if (!paired(scheme, county, pairings, day)) {
        return invalid_field("/product_id", "the product's county is not paired with that scheme's district");
    }
    return std::nullopt;
}

std::optional<Error> fault_of_ruling(const Scheme& scheme, const Organisation* organisation) {
    const bool named = organisation != nullptr && organisation->office &&
                       std::ranges::find(scheme.offices, organisation->proper_name()) != scheme.offices.end();
    if (named && seated_in(*organisation, scheme.district)) return std::nullopt;
    return not_the_authority();
}

std::optional<Error> fault_of_deciding(const Scheme& scheme, const KnownCounty& county,
                                       const Organisation* organisation) {
    if (!scheme.offices.empty()) return fault_of_ruling(scheme, organisation);
    const bool of_county = organisation != nullptr && organisation->office &&
                           !office_of(county, organisation->proper_name()).empty();
    if (of_county && seated_in(*organisation, county.code)) return std::nullopt;
    return not_the_authority();
}

std::optional<Error> fault_of_issuing(const Certification& certification, const Scheme& scheme,
                                      const KnownCounty& county, const Organisation* organisation) {
    if (auto fault = fault_of_deciding(scheme, county, organisation)) return fault;
    // The names of a scheme's list are one office's; in a county each is another's.
    if (!scheme.offices.empty()) return std::nullopt;
    if (office_of(county, certification.authority) == office_of(county, organisation->proper_name())) {
        return std::nullopt;
    }
    return invalid_field("/authority", "an office issues in its own name");
}

}  // namespace shanhai::certification
