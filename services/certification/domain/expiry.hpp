#pragma once

#include "certification/domain/decision.hpp"

#include <array>
#include <optional>
#include <vector>

namespace shanhai::certification {

/// So many days before a certification ends merchant and office are warned, the longest first.
inline constexpr std::array<int, 3> warning_days{60, 30, 14};

/// How far ahead of the end a warning is due: more than `after` days are left, and at most `ahead`. Whoever
/// comes late (a certification that was entered late, a service that stood still) is warned once, by the
/// nearest one.
struct WarningWindow {
    int ahead = 0;
    int after = 0;
};
constexpr std::array<WarningWindow, warning_days.size()> warning_windows() {
    std::array<WarningWindow, warning_days.size()> windows{};
    for (std::size_t i = 0; i < windows.size(); ++i) {
        windows[i] = {warning_days[i], i + 1 < windows.size() ? warning_days[i + 1] : 0};
    }
    return windows;
}

/// A warning that was given.
struct Warning {
    int days_ahead = 0;
    Instant at{};
};

/// A certification whose end is near.
struct Expiring {
    Recognition recognition;
    int days_left = 0;  ///< Days of Shanghai until the first one on which it is over; 1 on its last day.
    /// Another of the same product and scheme that goes on after it; 0: none yet. Then nobody is warned.
    CertificationId continued_by{};
    std::vector<Warning> warnings;  ///< Oldest first.
};

/// Which certifications such a list shows, and behind which place in it.
struct ExpiryFilter {
    int within_days = warning_days.front();
    std::optional<SchemeCode> scheme;
    Date after{};  ///< The end of the last one that was shown.
    CertificationId after_id{};
};

}  // namespace shanhai::certification
