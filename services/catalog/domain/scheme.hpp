#pragma once

#include "catalog/domain/certification.hpp"
#include "catalog/domain/organisation.hpp"
#include "catalog/domain/place.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace shanhai::catalog {

/// What is fixed about a scheme of recognition: who decides under it, for which counties, and for how long.
/// The names are those under which the offices publish.
struct Scheme {
    CertificationScheme code = CertificationScheme::minhang_youpin;
    std::string_view name;
    std::span<const std::string_view> offices;  ///< Empty: an office of the product's own county.
    std::string_view district;  ///< The district that must be paired with the county; empty: none must.
    int term_years = 1;         ///< From the first day of its year at the earliest.
};

const Scheme& scheme_of(CertificationScheme code);

/// How many calendar years before the one it is given for a recognition may be entered. None after: a year
/// that is over recognises nothing any more.
inline constexpr int entered_years_early_max = 1;

/// 422 unless its office, its year, its days and its county are those of its scheme (`/authority`, `/year`,
/// `/valid_from`, `/valid_to`, `/product_id`). `county` is the product's, `pairings` at least those of the
/// scheme's district; `today` is a day in Shanghai.
std::optional<Error> fault_under_scheme(const Certification& certification, const County& county,
                                        const std::vector<Pairing>& pairings, Date today);

/// 403 `not-the-authority` unless this organisation is an office that decides under the scheme: one of those
/// that it names, or one of the product's own county. Nobody (null) never is.
std::optional<Error> fault_of_deciding(CertificationScheme scheme, const County& county,
                                       const Organisation* organisation);
/// The same, and 422 `/authority` unless it is the office that the certification names.
std::optional<Error> fault_of_issuing(const Certification& certification, const County& county,
                                      const Organisation* organisation);

}  // namespace shanhai::catalog
