#pragma once

#include "channel/domain/campaign.hpp"
#include "channel/domain/channel_store.hpp"
#include "channel/domain/placement.hpp"
#include "channel/domain/playlist.hpp"
#include "channel/domain/scan_counts.hpp"
#include "chassis/http/json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace shanhai::channel {

// How campaigns, placements and playlists look outside, and how they are read.

boost::json::object json_of(const Campaign& campaign);
boost::json::array json_of(const Playlist& playlist);
boost::json::object json_of(const HourlyScans& hourly);
/// All of them on one page.

Result<CampaignDetails> campaign_from(http::Fields fields);
Result<PlacementDetails> placement_from(const boost::json::value& body);
Result<Playlist> playlist_from(const boost::json::value& body);

}  // namespace shanhai::channel
