#include "channel/http/channel_json.hpp"

#include "chassis/http/json.hpp"

#include <limits>
#include <utility>

namespace shanhai::channel {
namespace {

constexpr std::int64_t id_max = std::numeric_limits<std::int64_t>::max();

boost::json::value text_or_null(const std::string& text) {
    if (text.empty()) return nullptr;
    return boost::json::value(text);
}

PlaylistItem item_from(http::Fields& fields) {
    PlaylistItem item;
    item.product = ProductId{static_cast<std::uint64_t>(fields.integer("product_id", 1, id_max))};
    item.from = fields.checked<Instant>("from", parse_rfc3339).value_or(Instant{});
    item.to = fields.checked<Instant>("to", parse_rfc3339).value_or(Instant{});
    item.seconds = fields.optional_integer("seconds", 1, PlaylistItem::seconds_max)
                       .value_or(PlaylistItem::seconds_default);
    return item;
}

}  // namespace

boost::json::object json_of(const Campaign& campaign) {
    const auto& details = campaign.details;
    boost::json::value district = nullptr;
    if (details.district) district = boost::json::value(details.district->text());
    return {{"campaign_id", number(campaign.id)},
            {"name", details.name},
            {"organiser", details.organiser},
            {"district_code", std::move(district)},
            {"from", rfc3339(details.from)},
            {"to", rfc3339(details.to)},
            {"programme_tag", text_or_null(details.programme_tag)}};
}

boost::json::array json_of(const Playlist& playlist) {
    boost::json::array items;
    for (const auto& item : playlist.items()) {
        items.push_back({{"product_id", number(item.product)},
                         {"from", rfc3339(item.from)},
                         {"to", rfc3339(item.to)},
                         {"seconds", item.seconds}});
    }
    return items;
}

boost::json::object json_of(const HourlyScans& hourly) {
    return {{"hour", rfc3339(Instant{hourly.hour})}, {"scans", hourly.scans}};
}

Result<CampaignDetails> campaign_from(http::Fields fields) {
    CampaignDetails details;
    details.name = fields.text("name", 1, 100);
    details.organiser = fields.text("organiser", 1, 200);
    details.district = fields.optional_parsed<CountyCode>("district_code");
    details.from = fields.checked<Instant>("from", parse_rfc3339).value_or(Instant{});
    details.to = fields.checked<Instant>("to", parse_rfc3339).value_or(Instant{});
    details.programme_tag = fields.optional_text("programme_tag", 1, 40).value_or("");
    if (auto error = fields.complaints()) return *error;
    return details;
}

Result<PlacementDetails> placement_from(const boost::json::value& body) {
    http::Fields fields{body};
    PlacementDetails details;
    details.campaign = CampaignId{static_cast<std::uint64_t>(fields.integer("campaign_id", 1, id_max))};
    details.name = fields.text("name", 1, 100);
    details.channel = fields.choice<ChannelKind>("channel", from_wire_name<ChannelKind>);
    if (auto error = fields.complaints()) return *error;
    return details;
}

Result<Playlist> playlist_from(const boost::json::value& body) {
    http::Fields fields{body};
    std::vector<PlaylistItem> items;
    auto objects = fields.objects("items", 0, Playlist::items_max);
    for (auto& object : objects) items.push_back(item_from(object));
    if (auto error = fields.complaints()) return *error;
    return Playlist::draft(std::move(items));
}

}  // namespace shanhai::channel
