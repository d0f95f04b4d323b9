#pragma once

#include "certification/domain/application.hpp"
#include "certification/domain/edition.hpp"
#include "certification/domain/proposal.hpp"
#include "chassis/database/session.hpp"
#include "vocabulary/certification.hpp"

#include <functional>

namespace shanhai::certification {

/// Publishes a certification as it now is inside the transaction that made it so (events/outgoing.hpp).
using Announce = std::function<void(database::Session&, const Certification&)>;
/// The same of an application, whose last step is the one that is told.
using AnnounceStep = std::function<void(database::Session&, const Application&)>;
/// The same of a proposal about that certification.
using AnnounceProposal = std::function<void(database::Session&, const Certification&, const Proposal&)>;
/// Whether an objection to that application waits for an answer.
using AnnounceObjected = std::function<void(database::Session&, const Application&, bool open, Instant)>;
/// The same of an edition of the catalogue.
using AnnounceEdition = std::function<void(database::Session&, const Edition&)>;

}  // namespace shanhai::certification
