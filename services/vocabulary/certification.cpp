#include "vocabulary/certification.hpp"

#include <algorithm>

namespace shanhai {

bool Certification::possible() const {
    const Date first{std::chrono::year{year_min} / 1 / 1};
    const Date last{std::chrono::year{year_max + 1} / 1 / 1};
    return first <= valid_from && valid_from < valid_to && valid_to <= last && year >= year_min &&
           year <= year_max;
}

std::optional<Error> Certification::fault() const {
    if (valid_to <= valid_from) return invalid_field("/valid_to", "a certification ends after it begins");
    if (valid_to - valid_from > term_max) {
        return invalid_field("/valid_to", "a certification lasts three years at most");
    }
    if (!possible()) return invalid_field("/valid_from", "there were no such certifications then");
    return households ? households->fault() : std::nullopt;
}

Instant Certification::begins() const { return std::max(start_of(valid_from), recorded); }

bool Certification::valid_at(Instant at) const {
    return possible() && state == CertificationState::certified && begins() <= at && at < start_of(valid_to);
}

Certification::Held Certification::held() const {
    if (!possible()) return {Instant{}, Instant{}};
    const auto end = start_of(valid_to);
    if (state == CertificationState::certified) return {std::max(begins(), state_since), end};
    return {begins(), std::min(end, state_since)};
}

CertificationStanding Certification::standing(Instant at) const {
    const bool may_hold = state == CertificationState::certified || state == CertificationState::suspended;
    if (may_hold && at >= start_of(valid_to)) return CertificationStanding::expired;
    switch (state) {
        case CertificationState::certified:
            return CertificationStanding::certified;
        case CertificationState::suspended:
            return CertificationStanding::suspended;
        case CertificationState::revoked:
            return CertificationStanding::revoked;
        case CertificationState::withdrawn:
            break;
    }
    return CertificationStanding::withdrawn;
}

std::optional<Instant> Certification::next_boundary(Instant at) const {
    if (state == CertificationState::revoked || state == CertificationState::withdrawn) return std::nullopt;
    if (state == CertificationState::certified && at < begins()) return begins();
    if (at < start_of(valid_to)) return start_of(valid_to);
    return std::nullopt;
}

std::optional<Error> Certification::fault_of_becoming(CertificationState next) const {
    if (state == CertificationState::revoked || state == CertificationState::withdrawn) {
        return Error{Failure::conflict, "certification-ended", "this certification has ended for good"};
    }
    if (state == next) return Error{Failure::conflict, "state-unchanged", "it is in that state already"};
    return std::nullopt;
}

}  // namespace shanhai
