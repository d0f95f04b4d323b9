#pragma once

#include "vocabulary/codes.hpp"
#include "vocabulary/households.hpp"
#include "vocabulary/ids.hpp"
#include "vocabulary/time.hpp"
#include "vocabulary/trade.hpp"

#include <optional>
#include <string>

namespace shanhai {

/// That an authority recognises a product under a scheme for a year (闵行优品 2026). Whether it holds is
/// computed from its state and the clock, never typed.
struct Certification {
    static constexpr int year_min = 2016;
    static constexpr int year_max = 2199;
    static constexpr std::chrono::days term_max{3 * 366};

    CertificationId id{};
    ProductId product{};
    SchemeCode scheme;
    int year = year_min;
    std::string authority;
    std::string number;  ///< Unique in its scheme.
    Date valid_from{};   ///< Half-open [from, to), days of Asia/Shanghai: it lapses at midnight there.
    Date valid_to{};
    CertificationState state = CertificationState::certified;
    Instant state_since{};  ///< A suspension counts from here; before it the certification was good.
    std::string reason;     ///< Of the state, in words.
    Instant recorded{};     ///< When it was entered: before that nobody could know of it, and nothing counts.
    std::optional<Households> households{};  ///< Whom it helps, by contracts; nothing: it does not say.

    std::optional<Error> fault() const;

    /// Whether its days are within the years in which there are recognitions at all; one from before that
    /// was checked may not be, and then recognises nothing.
    bool possible() const;
    /// From its first day on, but not before it was entered.
    Instant begins() const;
    bool valid_at(Instant at) const;
    /// From when until when it held, as far as can be told by how it stands now: before a suspension, a
    /// revocation or a withdrawal it was good, before a suspension was lifted it was not. One that never held
    /// has no `until` after its `from`.
    struct Held {
        Instant from;
        Instant until;
    };
    Held held() const;
    /// Its state, or, once its last day is over, that it has expired; what ended before stays as it ended.
    CertificationStanding standing(Instant at) const;
    /// The next moment after `at` at which valid_at or its standing may change by itself.
    std::optional<Instant> next_boundary(Instant at) const;
    /// CERTIFIED and SUSPENDED change into each other; both end as REVOKED or WITHDRAWN, for good
    /// (409 `certification-ended`, 409 `state-unchanged`).
    std::optional<Error> fault_of_becoming(CertificationState next) const;

    friend bool operator==(const Certification&, const Certification&) = default;
};

}  // namespace shanhai
