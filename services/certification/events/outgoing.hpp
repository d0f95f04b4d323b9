#pragma once

#include "certification/domain/application.hpp"
#include "chassis/database/session.hpp"

namespace shanhai::certification {

// Each writes one fact into the outbox.

/// CertificationDeclared.
void announce(database::Session& session, const Certification& certification);
/// ApplicationMoved, of the last step.
void announce_step(database::Session& session, const Application& application);

}  // namespace shanhai::certification
