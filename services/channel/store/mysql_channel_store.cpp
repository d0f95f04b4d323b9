#include "channel/store/mysql_channel_store.hpp"

#include "channel/store/known_facts.hpp"
#include "channel/store/playlists.hpp"
#include "channel/store/rows.hpp"
#include "chassis/database/unique.hpp"

#include <optional>
#include <string>

namespace shanhai::channel {
namespace {

using database::Session;

Error no_placement() { return Error{Failure::not_found, "placement-unknown", "There is no such placement."}; }

std::string select_campaign(std::string_view condition) {
    return "SELECT " + std::string{campaign_columns} + " FROM campaign WHERE " + std::string{condition};
}
std::string select_placement(std::string_view condition) {
    return "SELECT " + std::string{placement_columns} + " FROM placement WHERE " + std::string{condition};
}

std::optional<CampaignId> insert_campaign(Session& session, const CampaignDetails& details) {
    std::optional<std::string_view> district;
    if (details.district) district = details.district->text();
    return database::insert_unique<CampaignId>(
        session,
        "INSERT INTO campaign (name, organiser, district_code, valid_from, valid_to, programme_tag) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        details.name, details.organiser, district, details.from, details.to, details.programme_tag);
}

Result<Registered<Campaign>> add_campaign_in(Session& session, const CampaignDetails& details) {
    if (const auto checked = details.check(); !checked) return checked.error();
    if (details.district && !knows_county(session, *details.district)) {
        return invalid_field("/district_code", "no district that the catalog knows");
    }
    if (const auto id = insert_campaign(session, details)) {
        database::touch(session, campaign_kind, *id);
        return Registered<Campaign>{{*id, details}, false};
    }
    auto rows = session.query(select_campaign("name = ?"), details.name);
    if (rows.next()) {
        auto earlier = campaign_of(rows);
        if (earlier.details == details) return Registered<Campaign>{std::move(earlier), true};
    }
    return Error{Failure::conflict, "campaign-exists", "There is another campaign of that name."};
}

std::optional<Campaign> find_campaign(Session& session, CampaignId id) {
    auto rows = session.query(select_campaign("campaign_id = ?"), id);
    if (!rows.next()) return std::nullopt;
    return campaign_of(rows);
}

std::optional<Placement> lock_placement(Session& session, PlacementId id) {
    auto rows = session.query(select_placement("placement_id = ? FOR UPDATE"), id);
    if (!rows.next()) return std::nullopt;
    return placement_of(rows);
}

Result<Done> check_products(Session& session, const Playlist& playlist) {
    std::vector<FieldError> faults;
    for (std::size_t i = 0; i < playlist.items().size(); ++i) {
        if (knows_product(session, playlist.items()[i].product)) continue;
        faults.push_back(
            {"/items/" + std::to_string(i) + "/product_id", "no product that the catalog knows"});
    }
    if (faults.empty()) return Done{};
    return Error{Failure::invalid, "validation-failed", "The playlist names an unknown product.",
                 std::move(faults)};
}

void replace_playlist(Session& session, PlacementId id, const Playlist& playlist) {
    session.execute("DELETE FROM playlist_item WHERE placement_id = ?", id);
    database::Insert rows{
        "INSERT INTO playlist_item (placement_id, item_no, product_id, plays_from, plays_to, seconds) "
        "VALUES"};
    int item_no = 0;
    for (const auto& item : playlist.items()) {
        rows.row(id, item_no++, item.product, item.from, item.to, item.seconds);
    }
    rows.run(session);
}

Result<ChannelStore::WithPlaylist> set_playlist_in(Session& session, PlacementId id, const Playlist& seen,
                                                   const Playlist& playlist) {
    auto placement = lock_placement(session, id);
    if (!placement) return no_placement();
    if (load_playlist(session, id) != seen) {
        return Error{Failure::precondition, "version-stale",
                     "Somebody else changed this playlist meanwhile."};
    }
    if (const auto known = check_products(session, playlist); !known) return known.error();
    replace_playlist(session, id, playlist);
    database::touch(session, placement_kind, id);
    return ChannelStore::WithPlaylist{std::move(*placement), playlist};
}

}  // namespace

Playlist load_playlist(Session& session, PlacementId id) {
    auto rows = session.query(
        "SELECT " + std::string{item_columns} + " FROM playlist_item WHERE placement_id = ? ORDER BY item_no",
        id);
    std::vector<PlaylistItem> items;
    while (rows.next()) items.push_back(item_of(rows));
    return *Playlist::draft(std::move(items));
}

boost::asio::awaitable<Result<Registered<Campaign>>> MysqlChannelStore::add_campaign(
    CampaignDetails details) {
    auto work = [details = std::move(details)](Session& session) {
        return add_campaign_in(session, details);
    };
    auto added = co_await pool_.transact(std::move(work));
    if (added && !added->repeated) committed_();
    co_return added;
}

boost::asio::awaitable<Result<std::vector<Campaign>>> MysqlChannelStore::campaigns(CampaignId after,
                                                                                   std::size_t count) {
    auto work = [after, count](Session& session) -> Result<std::vector<Campaign>> {
        auto rows =
            session.query(select_campaign("campaign_id > ? ORDER BY campaign_id LIMIT ?"), after, count);
        std::vector<Campaign> found;
        while (rows.next()) found.push_back(campaign_of(rows));
        return found;
    };
    co_return co_await pool_.transact(std::move(work));
}

boost::asio::awaitable<Result<Registered<Placement>>> MysqlChannelStore::add_placement(
    PlacementDetails details) {
    auto work = [this, details = std::move(details)](Session& session) {
        return add_placement_in(session, details);
    };
    auto added = co_await pool_.transact(std::move(work));
    if (added && !added->repeated) committed_();
    co_return added;
}

Result<Registered<Placement>> MysqlChannelStore::add_placement_in(Session& session,
                                                                  const PlacementDetails& details) {
    const auto campaign = find_campaign(session, details.campaign);
    if (!campaign) return invalid_field("/campaign_id", "there is no such campaign");
    const auto id = database::insert_unique(
        session, "INSERT INTO placement (campaign_id, name, channel) VALUES (?, ?, ?)", details.campaign,
        details.name, wire_name(details.channel));
    if (id) {
        Placement placement{PlacementId{*id}, details};
        database::touch(session, placement_kind, placement.id);
        announce_(session, placement, *campaign);
        return Registered<Placement>{std::move(placement), false};
    }
    auto rows =
        session.query(select_placement("campaign_id = ? AND name = ?"), details.campaign, details.name);
    if (rows.next()) {
        auto earlier = placement_of(rows);
        if (earlier.details == details) return Registered<Placement>{std::move(earlier), true};
    }
    return Error{Failure::conflict, "placement-exists", "This campaign has another placement of that name."};
}

boost::asio::awaitable<Result<std::vector<Placement>>> MysqlChannelStore::placements(PlacementId after,
                                                                                     std::size_t count) {
    auto work = [after, count](Session& session) -> Result<std::vector<Placement>> {
        auto rows =
            session.query(select_placement("placement_id > ? ORDER BY placement_id LIMIT ?"), after, count);
        std::vector<Placement> found;
        while (rows.next()) found.push_back(placement_of(rows));
        return found;
    };
    co_return co_await pool_.transact(std::move(work));
}

boost::asio::awaitable<Result<ChannelStore::WithPlaylist>> MysqlChannelStore::placement(PlacementId id) {
    auto work = [id](Session& session) -> Result<WithPlaylist> {
        auto rows = session.query(select_placement("placement_id = ?"), id);
        if (!rows.next()) return no_placement();
        return WithPlaylist{placement_of(rows), load_playlist(session, id)};
    };
    co_return co_await pool_.transact(std::move(work));
}

boost::asio::awaitable<Result<ChannelStore::WithPlaylist>> MysqlChannelStore::set_playlist(
    PlacementId id, Playlist seen, Playlist playlist) {
    auto work = [id, seen = std::move(seen), playlist = std::move(playlist)](Session& session) {
        return set_playlist_in(session, id, seen, playlist);
    };
    auto changed = co_await pool_.transact(std::move(work));
    if (changed) committed_();
    co_return changed;
}

boost::asio::awaitable<Result<std::vector<HourlyScans>>> MysqlChannelStore::scans(PlacementId id,
                                                                                  Instant from, Instant to) {
    auto work = [id, from, to](Session& session) -> Result<std::vector<HourlyScans>> {
        if (!session.query("SELECT 1 FROM placement WHERE placement_id = ?", id).next()) {
            return no_placement();
        }
        auto rows = session.query(
            "SELECT hour, scans FROM scan_count WHERE placement_id = ? AND hour >= ? AND hour < ? "
            "ORDER BY hour",
            id, from, to);
        std::vector<HourlyScans> found;
        while (rows.next()) {
            found.push_back({id, std::chrono::floor<std::chrono::hours>(rows.instant(0)), rows.natural(1)});
        }
        return found;
    };
    co_return co_await pool_.transact(std::move(work));
}

}  // namespace shanhai::channel
