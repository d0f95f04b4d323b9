#pragma once

#include "vocabulary/ids.hpp"
#include "vocabulary/trade.hpp"

#include <string>

namespace shanhai::channel {

/// What is registered about a placement (点位): one screen, package, stand or stream that carries one code.
struct PlacementDetails {
    CampaignId campaign{};
    std::string name;  ///< "2号线 0417车 3号车厢 1屏"; one of its campaign.
    ChannelKind channel = ChannelKind::metro_qr;

    friend bool operator==(const PlacementDetails&, const PlacementDetails&) = default;
};

struct Placement {
    PlacementId id{};
    PlacementDetails details;
};

}  // namespace shanhai::channel
