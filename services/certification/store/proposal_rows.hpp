#pragma once

#include "certification/domain/proposal.hpp"
#include "chassis/database/session.hpp"

#include <optional>
#include <vector>

namespace shanhai::certification {

/// Told by whoever inserts it. Nothing when the same waits already.
std::optional<ProposalId> insert_proposal(database::Session& session, CertificationId certification,
                                          CertificationState state, const std::string& reason, Instant at,
                                          const Author& author);
std::optional<Proposal> find_proposal(database::Session& session, ProposalId id);
/// At most `count` of those that the filter takes, behind `after`, in the order of their ids.
std::vector<Proposal> list_proposals(database::Session& session, const ProposalFilter& filter,
                                     ProposalId after, std::size_t count);
/// The same with what they are about.
std::vector<ShownProposal> show_proposals(database::Session& session, const ProposalFilter& filter,
                                          ProposalId after, std::size_t count);
/// Those that wait and of which nobody was told, since they are older than that was asked for.
std::vector<Proposal> untold_proposals(database::Session& session);
void mark_told(database::Session& session, ProposalId id);
/// `outcome` is not WAITING; of an overtaken one nobody (0) says why.
void answer_proposal(database::Session& session, ProposalId id, ProposalOutcome outcome,
                     const std::string& answer, Instant at, AccountId by);

}  // namespace shanhai::certification
