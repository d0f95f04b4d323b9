#pragma once

#include "chassis/database/session.hpp"
#include "trace/domain/lot.hpp"

#include <span>

namespace shanhai::trace {

/// Writes LotRegistered, each lot as a whole as it now is, into the outbox: a few hundred in a frame.
void announce(database::Session& session, std::span<const Lot> lots);

}  // namespace shanhai::trace
