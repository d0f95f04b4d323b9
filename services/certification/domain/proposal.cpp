#include "certification/domain/proposal.hpp"

namespace shanhai::certification {

std::optional<Error> Proposal::fault_of_answering(const Author& author, bool agreed) const {
    if (author.organisation != organisation) {
        return Error{Failure::forbidden, "not-the-authority", "another office proposed it"};
    }
    if (outcome != ProposalOutcome::waiting) {
        return Error{Failure::conflict, "answered-already", "this proposal waits for nobody any more"};
    }
    if (agreed && author.account == by) {
        return Error{Failure::forbidden, "second-person",
                     "who proposed it cannot agree to it: that takes a second person of the office"};
    }
    return std::nullopt;
}

std::optional<CertificationState> Proposal::leads_to(bool agreed) const {
    if (agreed && !at_once(state)) return state;
    if (!agreed && at_once(state)) return CertificationState::certified;
    return std::nullopt;
}

}  // namespace shanhai::certification
