#include "channel/store/rows.hpp"

namespace shanhai::channel {

Campaign campaign_of(const database::Rows& rows) {
    std::optional<CountyCode> district;
    if (const auto code = rows.optional_text(3)) district = *CountyCode::parse(*code);
    return {rows.id<CampaignId>(0),
            {rows.text(1), rows.text(2), district, rows.instant(4), rows.instant(5), rows.text(6)}};
}

Placement placement_of(const database::Rows& rows) {
    return {rows.id<PlacementId>(0),
            {rows.id<CampaignId>(1), rows.text(2), from_wire_name<ChannelKind>(rows.text(3)).value()}};
}

PlaylistItem item_of(const database::Rows& rows) {
    return {rows.id<ProductId>(1), rows.instant(2), rows.instant(3), rows.integer(4)};
}

}  // namespace shanhai::channel
