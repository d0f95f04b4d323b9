#pragma once

#include "certification/domain/application.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace shanhai::certification {

/// What a size of the product costs beside others' like sizes: those of the same category, with half to twice
/// its content, that other houses sell now; of each house its cheapest.
struct PriceBeside {
    std::int64_t net_content_g = 0;
    std::int64_t fen_a_kg = 0;
    std::int64_t median_fen_a_kg = 0;  ///< Of the others.
    std::int64_t others = 0;           ///< How many houses they are of.
};

/// A lot that was harvested in a month in which its base is not.
struct OddHarvest {
    std::string lot_code;
    std::string base_name;
    Date day{};
};

/// How many of a product's newest lots are held against the months of their bases.
inline constexpr int lots_looked_at = 10;

/// What is known of who sells the product, where it comes from and what it costs.
struct Origin {
    CountyCode county;
    bool merchant_active = true;
    bool distributed = false;  ///< Who sells it does not make it.
    std::vector<PriceBeside> prices{};
    std::string registered_in{};  ///< The division in its house's credit code; empty: nobody said.
    bool base_confirmed = true;  ///< A base in the county, of whose goods they are, that a second person saw.
    std::vector<OddHarvest> odd_harvests{};  ///< Of its newest lots.
};

/// All that is found on that day:
/// `merchant-barred` (the merchant does not sell now), `evidence-missing` (the scheme asks for such a paper),
/// `paper-repeated` (the same file stands for two papers), `paper-of-tomorrow` (it is dated after today),
/// `licence-without-end`, `test-report-undated`, `test-report-old` (older than the scheme takes),
/// `paper-lapsed` (it does not hold on the first day of what is applied for), `paper-lapses` (not to its
/// end), `licence-malformed` (no SC number: SC and 14 digits, 食品生产许可管理办法 29),
/// `licence-of-elsewhere` and `mark-of-elsewhere` (digits 4 to 9 of an SC number, digits 1 to 6 of a green
/// food code, are the division that gave it, and not the product's county or its prefecture),
/// `credit-code-of-elsewhere` (digits 3 to 8 of a maker's credit code are not the product's county, its
/// prefecture or its province), `linkage-unproved` (no contract with households is there),
/// `households-unproved` (households are counted that no contract shows: it stops), `households-uncounted` (a
/// contract is there, and nobody says how many households it covers),
/// `agency-contract-missing` (a distributor shows no contract of who makes the goods), `price-above-band` (a
/// size costs more a kilogram than the scheme's band above the median of at least three other houses allows),
/// `base-missing` (its merchant, of a distributor's goods anybody, has no confirmed base in the product's
/// county; it stops where the scheme asks for one), `season-elsewhere` (one of the newest lots was harvested
/// in a month that its base does not have).
std::vector<Finding> checks_of(const ApplicationText& text, const Batch& batch, const Scheme& scheme,
                               const Origin& origin, Date today);

/// `agency-contract-missing` alone, which is asked again when it is decided: what is sold may have become
/// somebody else's since it was submitted. Nothing where the scheme itself asks for that paper.
std::optional<Finding> fault_of_agency(const ApplicationText& text, const Scheme& scheme,
                                       const Origin& origin);

/// 409 `checks-failed` with every finding that stops; nothing when none does.
std::optional<Error> fault_of_checks(const std::vector<Finding>& findings);

/// The kinds that must be there, of which no paper holds any more on that day: what was certified on them is
/// not sold on (DOMAIN §0, 5). Those that the scheme asks for, and of a distributor the agency contract.
std::vector<EvidenceKind> lapsed_kinds(const std::vector<Evidence>& papers, const Scheme& scheme,
                                       bool distributed, Date today);

/// Why a certification is suspended then, for everybody to read.
std::string reason_of_lapse(const std::vector<EvidenceKind>& kinds);

}  // namespace shanhai::certification
