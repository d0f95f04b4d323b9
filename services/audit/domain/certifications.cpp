#include "audit/domain/certifications.hpp"

namespace shanhai::audit {

bool CertificationHistory::valid_at(Instant at) const {
    if (at < valid_from || at >= valid_to) return false;
    auto state = CertificationState::certified;
    for (const auto& step : steps) {
        if (step.since <= at) state = step.state;
    }
    return state == CertificationState::certified;
}

std::optional<CertificationId> certification_at(const std::vector<CertificationHistory>& certifications,
                                                Instant at) {
    std::optional<CertificationId> found;
    for (const auto& one : certifications) {
        if (one.valid_at(at) && (!found || one.id < *found)) found = one.id;
    }
    return found;
}

}  // namespace shanhai::audit
