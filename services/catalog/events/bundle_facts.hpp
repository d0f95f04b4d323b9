#pragma once

#include "catalog/domain/bundle.hpp"
#include "chassis/database/session.hpp"

namespace shanhai::catalog {

/// Writes a bundle as it now is to the outbox (proto/shanhai/event/v1/bundle.proto). Call it last in the
/// transaction.
void announce_bundle(database::Session& session, const Bundle& bundle);

}  // namespace shanhai::catalog
