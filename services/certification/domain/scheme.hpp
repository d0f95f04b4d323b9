#pragma once

#include "certification/domain/evidence.hpp"
#include "certification/domain/known.hpp"
#include "vocabulary/certification.hpp"

#include <optional>
#include <string>
#include <vector>

namespace shanhai::certification {

/// In what the validity of a recognition is counted.
enum class TermUnit { calendar_years, months };

/// The rules of a scheme of recognition, as one version has them: who decides under it, for which counties,
/// how long it holds and what comes before. Versions are only added; a batch goes by the one of its day.
struct Scheme {
    static constexpr std::size_t name_max = 40;
    static constexpr std::size_t offices_max = 10;
    static constexpr std::size_t counties_max = 100;
    static constexpr int notice_days_max = 60;
    static constexpr int recommendations_max = 2;
    static constexpr int report_months_most = 60;
    static constexpr int price_band_bp_max = 10'000;

    SchemeCode code;
    int version = 1;
    std::string name;  ///< 闵行优品
    /// The names under which the deciding office publishes; none: an office of the product's own county.
    std::vector<std::string> offices;
    std::optional<CountyCode> district;  ///< That must be paired with the county, and is the office's seat.
    std::vector<CountyCode> counties;  ///< Whose goods it takes; none: all that the district is paired with.
    TermUnit term_unit = TermUnit::calendar_years;
    int term = 1;
    int notice_days = 0;          ///< 公示: working days in which anybody may object, before a decision.
    int recommendations = 0;      ///< How many offices of the product's county must recommend it first.
    bool by_application = false;  ///< Else what was decided elsewhere is entered (POST /v1/certifications).
    std::vector<EvidenceKind> required_evidence{};  ///< Without a paper of each nothing is submitted.
    int report_months_max =
        0;  ///< How old a test report may be on the day it is submitted; 0: does not matter.
    /// How far above the median of others' like sizes a price may be, in basis points of it; 0: any.
    int price_band_bp = 0;
    bool base_required = false;  ///< Nothing is submitted before a base in the product's county is confirmed.

    /// 422 at the member that does not fit the others, such as `/term` or `/base_required`.
    std::optional<Error> fault() const;
    bool takes(const CountyCode& county) const;
    /// The day on which what begins on `from`, in a batch of `year`, ends at the latest.
    Date latest_end(int year, Date from) const;

    friend bool operator==(const Scheme&, const Scheme&) = default;
};

/// How many calendar years before the one it is given for a recognition may be entered. None after: a year
/// that is over recognises nothing any more.
inline constexpr int entered_years_early_max = 1;

/// The same day so many months later, or the last of a month that is too short for it.
Date months_after(Date day, int months);

/// 422 unless its office, its year, its days and its county are those of its scheme (`/authority`, `/year`,
/// `/valid_from`, `/valid_to`, `/product_id`). `county` is the product's, `pairings` at least those of the
/// scheme's district; `today` is a day in Shanghai.
std::optional<Error> fault_under_scheme(const Certification& certification, const Scheme& scheme,
                                        const KnownCounty& county, const std::vector<KnownPairing>& pairings,
                                        Date today);

/// 422 `/product_id` unless the scheme is for goods of that county on that day.
std::optional<Error> fault_of_goods(const Scheme& scheme, const KnownCounty& county,
                                    const std::vector<KnownPairing>& pairings, Date day);

/// 403 `not-the-authority` unless this organisation is an office that decides under the scheme: one of those
/// that it names, or one of the product's own county. Nobody (null) never is.
std::optional<Error> fault_of_deciding(const Scheme& scheme, const KnownCounty& county,
                                       const Organisation* organisation);
/// The same, and 422 `/authority` unless it is the office that the certification names.
std::optional<Error> fault_of_issuing(const Certification& certification, const Scheme& scheme,
                                      const KnownCounty& county, const Organisation* organisation);
/// Whether it is an office of that county, and identity says that it has its seat there: such may recommend
/// its goods.
/// Whether it is a public office in that county, whatever its name.
bool is_seated_in(const KnownCounty& county, const Organisation& organisation);
/// What follows a county's name in those of offices that speak for it, with commas between.
std::string names_of_county_offices();
bool is_office_of(const KnownCounty& county, const Organisation& organisation);
/// 403 `not-the-authority` unless the organisation is the office that the scheme names, whoever's goods it is
/// about: who may change its rules and open its batches.
std::optional<Error> fault_of_ruling(const Scheme& scheme, const Organisation* organisation);

}  // namespace shanhai::certification

namespace shanhai {
template <>
struct WireNames<certification::TermUnit> {
    static constexpr std::array<std::string_view, 2> names{"CALENDAR_YEARS", "MONTHS"};
};
}  // namespace shanhai
