#pragma once

#include "channel/domain/playlist.hpp"
#include "chassis/database/session.hpp"

namespace shanhai::channel {

/// What a placement shows when, as it is stored.
Playlist load_playlist(database::Session& session, PlacementId id);

}  // namespace shanhai::channel
