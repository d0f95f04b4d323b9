#include "catalog/domain/scheme.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace shanhai::catalog {
namespace {

using std::chrono::year;

constexpr std::array<std::string_view, 3> of_minhang{"闵行区政府合作交流办", "闵行区人民政府合作交流办公室",
                                                     "上海市闵行区人民政府合作交流办公室"};
constexpr std::array<std::string_view, 2> of_shanghai{"上海市政府合作交流办", "上海市人民政府合作交流办公室"};
/// What follows a county's name in the name of an office that may recognise its goods (县级认定).
constexpr std::array<std::string_view, 6> of_a_county{"人民政府",     "乡村振兴局",   "农业农村局",
                                                      "乡村振兴部门", "农业农村部门", "农业农村和乡村振兴局"};

constexpr std::array schemes{
    Scheme{CertificationScheme::minhang_youpin, "闵行优品", of_minhang, "310112", 1},
    Scheme{CertificationScheme::baixian_baipin, "百县百品", of_shanghai, "", 1},
    Scheme{CertificationScheme::county_recognition, "县级认定", {}, "", 1},
};

/// Which office of that county this is (乡村振兴局); empty when it is none.
std::string_view office_of(const County& county, std::string_view authority) {
    for (const std::string_view name : {std::string_view{county.name}, std::string_view{county.short_name}}) {
        if (!authority.starts_with(name)) continue;
        const auto office = authority.substr(name.size());
        if (std::ranges::find(of_a_county, office) != of_a_county.end()) return office;
    }
    return {};
}

bool decides(const Scheme& scheme, const County& county, std::string_view authority) {
    if (scheme.offices.empty()) return !office_of(county, authority).empty();
    return std::ranges::find(scheme.offices, authority) != scheme.offices.end();
}

/// Where the office under that scheme has its seat; empty when no one county says it.
std::string_view seat_of(const Scheme& scheme, const County& county) {
    return scheme.offices.empty() ? county.code.text() : scheme.district;
}

bool paired(const Scheme& scheme, const County& county, const std::vector<Pairing>& pairings, Date day) {
    return scheme.district.empty() || std::ranges::any_of(pairings, [&](const Pairing& pairing) {
               return pairing.district.text() == scheme.district && pairing.area.holds(county.code) &&
                      pairing.certainty == Certainty::stated && pairing.valid_on(day);
           });
}

Date new_year(int number) { return Date{year{number} / 1 / 1}; }

std::optional<Error> term_fault(const Certification& one, const Scheme& scheme) {
    if (one.valid_from < new_year(one.year) || one.valid_from >= new_year(one.year + 1)) {
        return invalid_field("/valid_from", "a recognition begins within the year it is given for");
    }
    if (one.valid_to > new_year(one.year + scheme.term_years)) {
        return invalid_field("/valid_to", "a recognition under this scheme ends with its year");
    }
    return std::nullopt;
}

}  // namespace

const Scheme& scheme_of(CertificationScheme code) {
    const auto found = std::ranges::find(schemes, code, &Scheme::code);
    if (found == schemes.end()) throw std::logic_error{"a scheme that nobody described"};
    return *found;
}

std::optional<Error> fault_under_scheme(const Certification& certification, const County& county,
                                        const std::vector<Pairing>& pairings, Date today) {
    const auto& scheme = scheme_of(certification.scheme);
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
    if (!paired(scheme, county, pairings, certification.valid_from)) {
        return invalid_field("/product_id", "the product's county is not paired with that scheme's district");
    }
    return std::nullopt;
}

std::optional<Error> fault_of_deciding(CertificationScheme scheme, const County& county,
                                       const Organisation* organisation) {
    const auto& rules = scheme_of(scheme);
    if (organisation != nullptr && organisation->office &&
        decides(rules, county, organisation->proper_name())) {
        const auto seat = seat_of(rules, county);
        if (seat.empty() || !organisation->county || organisation->county->text() == seat)
            return std::nullopt;
    }
    return Error{Failure::forbidden, "not-the-authority",
                 "your organisation is not the office that decides under that scheme"};
}

std::optional<Error> fault_of_issuing(const Certification& certification, const County& county,
                                      const Organisation* organisation) {
    if (auto fault = fault_of_deciding(certification.scheme, county, organisation)) return fault;
    // The names of a scheme's list are one office's; in a county each is another's.
    if (!scheme_of(certification.scheme).offices.empty()) return std::nullopt;
    if (office_of(county, certification.authority) == office_of(county, organisation->proper_name())) {
        return std::nullopt;
    }
    return invalid_field("/authority", "an office issues in its own name");
}

}  // namespace shanhai::catalog
