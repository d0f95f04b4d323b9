#include "channel/store/screens.hpp"

#include "channel/store/known_facts.hpp"
#include "channel/store/rows.hpp"
#include "chassis/events/set_aside.hpp"

#include <map>
#include <string>
#include <utility>

namespace shanhai::channel {
namespace {

std::map<PlacementId, std::vector<PlaylistItem>> load_items(database::Session& session) {
    auto rows = session.query("SELECT " + std::string{item_columns} +
                              " FROM playlist_item ORDER BY placement_id, item_no");
    // A product of which a fact could not be applied is shown nowhere until a later one is.
    const auto doubtful = events::untrusted(session, "shanhai.event.v1.OfferPublished", "product_id");
    std::map<PlacementId, std::vector<PlaylistItem>> items;
    while (rows.next()) {
        auto item = item_of(rows);
        if (doubtful.contains(std::to_string(number(item.product)))) continue;
        items[rows.id<PlacementId>(0)].push_back(std::move(item));
    }
    return items;
}

std::map<ProductId, CountyCode> load_counties(database::Session& session) {
    auto rows = session.query("SELECT product_id, county_code FROM known_product");
    std::map<ProductId, CountyCode> counties;
    while (rows.next()) counties.emplace(rows.id<ProductId>(0), *CountyCode::parse(rows.text(1)));
    return counties;
}

std::map<CampaignId, CampaignDetails> load_campaigns(database::Session& session) {
    auto rows = session.query("SELECT " + std::string{campaign_columns} + " FROM campaign");
    std::map<CampaignId, CampaignDetails> campaigns;
    while (rows.next()) {
        auto campaign = campaign_of(rows);
        campaigns.emplace(campaign.id, std::move(campaign.details));
    }
    return campaigns;
}

std::map<ProductId, CountyCode> counties_of(const Playlist& playlist,
                                            const std::map<ProductId, CountyCode>& known) {
    std::map<ProductId, CountyCode> counties;
    for (const auto& item : playlist.items()) {
        const auto county = known.find(item.product);
        if (county != known.end()) counties.insert(*county);
    }
    return counties;
}

}  // namespace

Screens load_screens(database::Session& session) {
    Screens screens;
    screens.revision = revision(session);
    // Placements first: every campaign that they name was committed before them, and is found below.
    std::vector<Placement> placements;
    auto rows = session.query("SELECT " + std::string{placement_columns} + " FROM placement");
    while (rows.next()) placements.push_back(placement_of(rows));

    const auto campaigns = load_campaigns(session);
    auto items = load_items(session);
    const auto known = load_counties(session);
    for (auto& placement : placements) {
        auto playlist = *Playlist::draft(std::move(items[placement.id]));
        auto counties = counties_of(playlist, known);
        const auto& campaign = campaigns.at(placement.details.campaign);
        screens.all.push_back({std::move(placement), campaign, std::move(playlist), std::move(counties)});
    }
    return screens;
}

}  // namespace shanhai::channel
