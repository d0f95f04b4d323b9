#pragma once

#include "catalog/store/announcement.hpp"

namespace shanhai::catalog {

/// Writes an announcement to the outbox as one frame (proto/shanhai/event/v1/catalog.proto). Call it last
/// in the transaction.
void announce(database::Session& session, const Announcement& announcement);

}  // namespace shanhai::catalog
