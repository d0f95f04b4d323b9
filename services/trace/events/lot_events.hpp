#pragma once

#include "chassis/database/session.hpp"
#include "trace/domain/lot.hpp"

namespace shanhai::trace {

/// Writes LotRegistered, the whole lot as it now is, into the outbox.
void announce(database::Session& session, const Lot& lot);

}  // namespace shanhai::trace
