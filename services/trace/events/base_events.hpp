#pragma once

#include "chassis/database/session.hpp"
#include "trace/domain/base.hpp"

#include <span>

namespace shanhai::trace {

/// Writes BaseDeclared, each base as a whole as it now is, into the outbox: a few hundred in a frame.
void announce_bases(database::Session& session, std::span<const Base> bases);

}  // namespace shanhai::trace
