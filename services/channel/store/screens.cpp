#include "channel/store/screens.hpp"

#include "channel/store/known_facts.hpp"
#include "channel/store/rows.hpp"
#include "chassis/database/in_list.hpp"
#include "chassis/events/set_aside.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace shanhai::channel {
namespace {

/// Which placements are read: all, or those with these ids.
class Wanted {
public:
    Wanted() = default;
    explicit Wanted(std::set<std::uint64_t> placements) : placements_{std::move(placements)} {}
    std::string where() const {
        if (!placements_) return "";
        return placements_->empty() ? " WHERE FALSE"
                                    : " WHERE placement_id IN " + database::in_list(*placements_);
    }

private:
    std::optional<std::set<std::uint64_t>> placements_;
};

void add_placements(database::Session& session, const char* of_which, const std::set<std::uint64_t>& ids,
                    std::set<std::uint64_t>& placements) {
    if (ids.empty()) return;
    auto rows = session.ask(of_which + database::in_list(ids));
    while (rows.next()) placements.insert(rows.natural(0));
}

Wanted wanted(database::Session& session, const database::Touched& changes) {
    if (!changes.since) return {};
    auto placements = changes.ids(placement_kind);
    add_placements(session, "SELECT placement_id FROM placement WHERE campaign_id IN ",
                   changes.ids(campaign_kind), placements);
    add_placements(session, "SELECT DISTINCT placement_id FROM playlist_item WHERE product_id IN ",
                   changes.ids(product_kind), placements);
    return Wanted{std::move(placements)};
}

std::map<PlacementId, std::vector<PlaylistItem>> load_items(database::Session& session,
                                                            const Wanted& wanted) {
    auto rows = session.ask("SELECT " + std::string{item_columns} + " FROM playlist_item" + wanted.where() +
                            " ORDER BY placement_id, item_no");
    // A product of which a fact could not be applied is shown nowhere until a later one is.
    const auto doubtful = events::untrusted(session, "shanhai.event.v1.OfferPublished", "product_id");
    std::set<std::uint64_t> unlisted;
    auto never = session.query(
        "SELECT product_id FROM known_product WHERE never_listed AND product_id IN (SELECT product_id FROM "
        "playlist_item)");
    while (never.next()) unlisted.insert(never.natural(0));
    std::map<PlacementId, std::vector<PlaylistItem>> items;
    while (rows.next()) {
        auto item = item_of(rows);
        if (doubtful.contains(std::to_string(number(item.product)))) continue;
        if (unlisted.contains(number(item.product))) continue;
        items[rows.id<PlacementId>(0)].push_back(std::move(item));
    }
    return items;
}

/// Of the products on the playlists.
std::map<ProductId, CountyCode> load_counties(database::Session& session, const Wanted& wanted) {
    auto rows = session.ask(
        "SELECT product_id, county_code FROM known_product WHERE product_id IN (SELECT product_id FROM "
        "playlist_item" +
        wanted.where() + ")");
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

std::vector<Screen> load_screens(database::Session& session, const database::Touched& changes) {
    const auto some = wanted(session, changes);
    // Placements first: every campaign that they name was committed before them, and is found below.
    std::vector<Placement> placements;
    auto rows = session.ask("SELECT " + std::string{placement_columns} + " FROM placement" + some.where());
    while (rows.next()) placements.push_back(placement_of(rows));

    const auto campaigns = load_campaigns(session);
    auto items = load_items(session, some);
    const auto known = load_counties(session, some);
    std::vector<Screen> screens;
    for (auto& placement : placements) {
        auto playlist = *Playlist::draft(std::move(items[placement.id]));
        auto counties = counties_of(playlist, known);
        const auto& campaign = campaigns.at(placement.details.campaign);
        screens.push_back({std::move(placement), campaign, std::move(playlist), std::move(counties)});
    }
    return screens;
}

}  // namespace shanhai::channel
