#pragma once

#include "certification/domain/application.hpp"
#include "certification/domain/edition.hpp"
#include "certification/domain/scheme.hpp"
#include "chassis/database/session.hpp"

namespace shanhai::certification {

// Each writes one fact into the outbox.

/// CertificationDeclared.
void announce(database::Session& session, const Certification& certification);
/// ApplicationMoved, of the last step.
void announce_step(database::Session& session, const Application& application);
/// SchemeDeclared.
void announce_scheme(database::Session& session, const Scheme& scheme);
/// EditionPublished.
void announce_edition(database::Session& session, const Edition& edition);

}  // namespace shanhai::certification
