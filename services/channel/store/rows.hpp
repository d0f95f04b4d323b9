#pragma once

#include "channel/domain/campaign.hpp"
#include "channel/domain/placement.hpp"
#include "channel/domain/playlist.hpp"
#include "chassis/database/session.hpp"

namespace shanhai::channel {

// How campaigns, placements and playlists stand in their tables, for everything in store/ that reads them.

inline constexpr std::string_view campaign_columns =
    "campaign_id, name, organiser, district_code, valid_from, valid_to, programme_tag";
inline constexpr std::string_view placement_columns = "placement_id, campaign_id, name, channel";
inline constexpr std::string_view item_columns = "placement_id, product_id, plays_from, plays_to, seconds";

/// The current row, which has campaign_columns.
Campaign campaign_of(const database::Rows& rows);
/// The current row, which has placement_columns.
Placement placement_of(const database::Rows& rows);
/// The current row, which has item_columns.
PlaylistItem item_of(const database::Rows& rows);

}  // namespace shanhai::channel
