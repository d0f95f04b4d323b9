#pragma once

#include "vocabulary/ids.hpp"
#include "vocabulary/time.hpp"

#include <optional>
#include <string>

namespace shanhai::catalog {

/// A merchant's papers as somebody last looked at them (电子商务法, article 27). Nothing is known of those
/// that were registered before anybody looked.
struct Licences {
    std::string business_licence;        ///< The number; shown to everybody (article 15).
    std::optional<Date> business_until;  ///< The last day; nothing: without end.
    std::optional<Date> food_until;      ///< The same of the food production licence.
    std::optional<Date> checked_on;      ///< When somebody looked; a day of Shanghai.

    /// The first last day of the licences; nothing when none ends.
    std::optional<Date> until() const;
    /// The last day before which somebody has to look again: when a licence ends, and a year later at the
    /// latest. Nothing when nobody ever looked.
    std::optional<Date> check_due() const;
    /// Whether nobody looked in time; then nothing of the merchant's is sold.
    bool lapsed(Date today) const;

    friend bool operator==(const Licences&, const Licences&) = default;
};

/// One look at a merchant's papers.
struct MerchantCheck {
    std::uint64_t id = 0;
    Licences licences;  ///< As they were found; checked_on is the day of `at`.
    std::string note;
    Instant at{};
    AccountId by{};
};

/// So long after somebody looked, somebody looks again.
inline constexpr std::chrono::days check_every{365};

}  // namespace shanhai::catalog
