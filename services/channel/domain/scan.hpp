#pragma once

#include "channel/domain/campaign.hpp"
#include "channel/domain/placement.hpp"
#include "channel/domain/playlist.hpp"
#include "vocabulary/codes.hpp"

#include <map>
#include <optional>

namespace shanhai::channel {

/// A placement with all that decides where its code leads.
struct Screen {
    Placement placement;
    CampaignDetails campaign;
    Playlist playlist;
    std::map<ProductId, CountyCode> counties;  ///< Of the products on the playlist.

    /// Where a scan leads: to the product on screen; or, when nothing plays or the campaign does not run, to
    /// the goods of the county that was on screen last; or, when there never was any, to all goods.
    struct Destination {
        std::optional<ProductId> product;
        std::optional<CountyCode> county;
    };
    Destination destination_at(Instant at) const;
};

}  // namespace shanhai::channel
