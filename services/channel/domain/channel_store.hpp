#pragma once

#include "channel/domain/campaign.hpp"
#include "channel/domain/placement.hpp"
#include "channel/domain/playlist.hpp"
#include "channel/domain/scan_counts.hpp"
#include "vocabulary/change.hpp"

#include <boost/asio/awaitable.hpp>
#include <vector>

namespace shanhai::channel {

/// What a registration answers: a repeated one finds what the first one made.
template <class T>
struct Registered {
    T value;
    bool repeated = false;
};

/// Where campaigns, placements, playlists and scan counts are kept.
class ChannelStore {
public:
    virtual ~ChannelStore() = default;

    /// Registers a campaign. The same one again is harmless; another one of the same name fails with 409
    /// `campaign-exists`. 422 when it breaks a rule or names an unknown district.
    virtual boost::asio::awaitable<Result<Registered<Campaign>>> add_campaign(CampaignDetails details) = 0;
    /// 404 `campaign-unknown`.
    virtual boost::asio::awaitable<Result<Campaign>> campaign(CampaignId id) = 0;
    /// Corrects a campaign if it is as `seen` (412 `version-stale`); its placements are published again. 409
    /// `campaign-exists` when another has the name. What it was before is kept.
    virtual boost::asio::awaitable<Result<Campaign>> change_campaign(CampaignId id, CampaignDetails seen,
                                                                     CampaignDetails wanted,
                                                                     AccountId by) = 0;
    /// What was changed of a campaign, after the change `after`, oldest first. 404 `campaign-unknown`.
    virtual boost::asio::awaitable<Result<std::vector<Change>>> changes(CampaignId id, std::uint64_t after,
                                                                        std::size_t count) = 0;
    /// Campaigns with ids above `after`, in the order of their ids.
    virtual boost::asio::awaitable<Result<std::vector<Campaign>>> campaigns(CampaignId after,
                                                                            std::size_t count) = 0;

    /// Registers a placement, published as PlacementRegistered. The same one again is harmless; another kind
    /// of channel under a name the campaign uses fails with 409 `placement-exists`.
    virtual boost::asio::awaitable<Result<Registered<Placement>>> add_placement(PlacementDetails details) = 0;
    virtual boost::asio::awaitable<Result<std::vector<Placement>>> placements(PlacementId after,
                                                                              std::size_t count) = 0;
    struct WithPlaylist {
        Placement placement;
        Playlist playlist;
    };
    /// 404 `placement-unknown`.
    virtual boost::asio::awaitable<Result<WithPlaylist>> placement(PlacementId id) = 0;

    /// Corrects a placement's name and channel if it is as `seen` (412 `version-stale`); it is published
    /// again. Its campaign stays (422). 409 `placement-exists`. What it was before is kept.
    virtual boost::asio::awaitable<Result<WithPlaylist>> change_placement(PlacementId id,
                                                                          PlacementDetails seen,
                                                                          PlacementDetails wanted,
                                                                          AccountId by) = 0;

    /// What was changed of a placement, after the change `after`, oldest first. 404 `placement-unknown`.
    virtual boost::asio::awaitable<Result<std::vector<Change>>> changes(PlacementId id, std::uint64_t after,
                                                                        std::size_t count) = 0;

    /// Replaces a placement's playlist if it is as `seen` (412 `version-stale`). 422 with a pointer to each
    /// product that the catalog does not know.
    virtual boost::asio::awaitable<Result<WithPlaylist>> set_playlist(PlacementId id, Playlist seen,
                                                                      Playlist playlist) = 0;

    /// The hours of [from, to) in which there were scans, oldest first.
    virtual boost::asio::awaitable<Result<std::vector<HourlyScans>>> scans(PlacementId id, Instant from,
                                                                           Instant to) = 0;
};

}  // namespace shanhai::channel
