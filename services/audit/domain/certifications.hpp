#pragma once

#include "vocabulary/ids.hpp"
#include "vocabulary/time.hpp"
#include "vocabulary/trade.hpp"

#include <optional>
#include <vector>

namespace shanhai::audit {

/// From `since` on a certification is in `state`, until its next step.
struct CertificationStep {
    Instant since{};
    CertificationState state = CertificationState::certified;
};

/// A product's certification and all that ever became of it, as the catalog told it.
struct CertificationHistory {
    CertificationId id{};
    Instant valid_from{};                  ///< Never before it was entered.
    Instant valid_to{};                    ///< Half-open: not valid any more at this moment.
    std::vector<CertificationStep> steps;  ///< By `since`.

    /// Within its validity, and certified by the last step until then; before the first step it was good.
    bool valid_at(Instant at) const;
};

/// The certification that makes a sale at that moment count: the valid one with the lowest id. Its answer is
/// final only when every step up to `at` is known.
std::optional<CertificationId> certification_at(const std::vector<CertificationHistory>& certifications,
                                                Instant at);

}  // namespace shanhai::audit
