#pragma once

#include "certification/domain/application.hpp"

#include <string>
#include <vector>

namespace shanhai::certification {

/// What is known of who sells the product and where it comes from.
struct Origin {
    CountyCode county;
    bool merchant_active = true;
};

/// All that is found on that day:
/// `merchant-barred` (the merchant does not sell now), `evidence-missing` (the scheme asks for such a paper),
/// `paper-repeated` (the same file stands for two papers), `paper-of-tomorrow` (it is dated after today),
/// `licence-without-end`, `test-report-undated`, `test-report-old` (older than the scheme takes),
/// `paper-lapsed` (it does not hold on the first day of what is applied for), `paper-lapses` (not to its
/// end), `licence-malformed` (no SC number: SC and 14 digits, 食品生产许可管理办法 29),
/// `licence-of-elsewhere` and `mark-of-elsewhere` (digits 4 to 9 of an SC number, digits 1 to 6 of a green
/// food code, are the division that gave it, and not the product's county or its prefecture),
/// `linkage-unproved` (no contract with households is there).
std::vector<Finding> checks_of(const ApplicationText& text, const Batch& batch, const Scheme& scheme,
                               const Origin& origin, Date today);

/// 409 `checks-failed` with every finding that stops; nothing when none does.
std::optional<Error> fault_of_checks(const std::vector<Finding>& findings);

/// The kinds that the scheme asks for, of which no paper holds any more on that day: what was certified on
/// them is not sold on (DOMAIN §0, 5).
std::vector<EvidenceKind> lapsed_kinds(const std::vector<Evidence>& papers, const Scheme& scheme, Date today);

/// Why a certification is suspended then, for everybody to read.
std::string reason_of_lapse(const std::vector<EvidenceKind>& kinds);

}  // namespace shanhai::certification
