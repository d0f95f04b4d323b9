#pragma once

#include "certification/domain/application.hpp"
#include "certification/domain/edition.hpp"
#include "certification/domain/proposal.hpp"
#include "certification/domain/scheme.hpp"
#include "chassis/database/session.hpp"

namespace shanhai::certification {

// Each writes one fact into the outbox.

/// CertificationDeclared.
void announce(database::Session& session, const Certification& certification);
/// ApplicationMoved, of the last step.
void announce_step(database::Session& session, const Application& application);
/// ProposalMoved, as it now is.
void announce_proposal(database::Session& session, const Certification& certification,
                       const Proposal& proposal);
/// ApplicationObjected.
void announce_objected(database::Session& session, const Application& application, bool open, Instant at);
/// SchemeDeclared.
void announce_scheme(database::Session& session, const Scheme& scheme);
/// EditionPublished.
void announce_edition(database::Session& session, const Edition& edition);

}  // namespace shanhai::certification
