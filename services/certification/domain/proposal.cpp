#include "certification/domain/proposal.hpp"

namespace shanhai::certification {

std::optional<Error> Proposal::fault_of_answering(AccountId who) const {
    if (outcome != ProposalOutcome::waiting) {
        return Error{Failure::conflict, "answered-already", "this proposal waits for nobody any more"};
    }
    if (who == by) {
        return Error{Failure::forbidden, "second-person",
                     "who proposed it does not answer it: that takes a second person of the office"};
    }
    return std::nullopt;
}

}  // namespace shanhai::certification
