#include "channel/store/known_facts.hpp"
#include "channel/store/mysql_channel_store.hpp"
#include "channel/store/playlists.hpp"
#include "channel/store/rows.hpp"
#include "chassis/database/change_history.hpp"
#include "chassis/database/unique.hpp"

// Corrections of campaigns and placements, and what they were before.

namespace shanhai::channel {
namespace {

using database::Session;

Error no_campaign() { return Error{Failure::not_found, "campaign-unknown", "There is no such campaign."}; }
Error no_placement() { return Error{Failure::not_found, "placement-unknown", "There is no such placement."}; }
Error stale() {
    return Error{Failure::precondition, "version-stale", "Somebody else changed this meanwhile."};
}

std::optional<Campaign> locked_campaign(Session& session, CampaignId id) {
    auto rows = session.query(
        "SELECT " + std::string{campaign_columns} + " FROM campaign WHERE campaign_id = ? FOR UPDATE", id);
    if (!rows.next()) return std::nullopt;
    return campaign_of(rows);
}

std::vector<Placement> placements_of(Session& session, CampaignId id) {
    auto rows = session.query("SELECT " + std::string{placement_columns} +
                                  " FROM placement WHERE campaign_id = ? ORDER BY placement_id FOR UPDATE",
                              id);
    std::vector<Placement> placements;
    while (rows.next()) placements.push_back(placement_of(rows));
    return placements;
}

}  // namespace

Result<Campaign> MysqlChannelStore::change_campaign_in(Session& session, CampaignId id,
                                                       const CampaignDetails& seen,
                                                       const CampaignDetails& wanted, AccountId by) {
    if (const auto checked = wanted.check(); !checked) return checked.error();
    auto campaign = locked_campaign(session, id);
    if (!campaign) return no_campaign();
    if (campaign->details != seen) return stale();
    if (campaign->details == wanted) return *campaign;
    if (wanted.district && !knows_county(session, *wanted.district)) {
        return invalid_field("/district_code", "no district that the catalog knows");
    }
    std::optional<std::string_view> district;
    if (wanted.district) district = wanted.district->text();
    const bool updated = database::update_unique(
        session,
        "UPDATE campaign SET name = ?, organiser = ?, district_code = ?, valid_from = ?, valid_to = ?, "
        "programme_tag = ? WHERE campaign_id = ?",
        wanted.name, wanted.organiser, district, wanted.from, wanted.to, wanted.programme_tag, id);
    if (!updated) {
        return Error{Failure::conflict, "campaign-exists", "There is another campaign of that name."};
    }
    database::append_change(session, {"campaign", number(id)}, database::details_changed,
                            campaign->details.canonical(), by);
    campaign->details = wanted;
    for (const auto& placement : placements_of(session, id)) announce_(session, placement, *campaign);
    database::touch(session, campaign_kind, id);
    return *campaign;
}

Result<ChannelStore::WithPlaylist> MysqlChannelStore::change_placement_in(Session& session, PlacementId id,
                                                                          const PlacementDetails& seen,
                                                                          const PlacementDetails& wanted,
                                                                          AccountId by) {
    auto rows = session.query(
        "SELECT " + std::string{placement_columns} + " FROM placement WHERE placement_id = ? FOR UPDATE", id);
    if (!rows.next()) return no_placement();
    auto placement = placement_of(rows);
    if (placement.details != seen) return stale();
    if (wanted.campaign != seen.campaign) {
        return invalid_field("/campaign_id", "a placement stays in its campaign");
    }
    if (wanted != seen) {
        const bool updated = database::update_unique(
            session, "UPDATE placement SET name = ?, channel = ? WHERE placement_id = ?", wanted.name,
            wire_name(wanted.channel), id);
        if (!updated) {
            return Error{Failure::conflict, "placement-exists",
                         "This campaign has another placement of that name."};
        }
        database::append_change(
            session, {"placement", number(id)}, database::details_changed,
            "name=" + seen.name + "\nchannel=" + std::string{wire_name(seen.channel)} + "\n", by);
        placement.details = wanted;
        announce_(session, placement, *locked_campaign(session, wanted.campaign));
        database::touch(session, placement_kind, id);
    }
    return WithPlaylist{placement, load_playlist(session, id)};
}

boost::asio::awaitable<Result<Campaign>> MysqlChannelStore::campaign(CampaignId id) {
    auto work = [id](Session& session) -> Result<Campaign> {
        auto rows = session.query(
            "SELECT " + std::string{campaign_columns} + " FROM campaign WHERE campaign_id = ?", id);
        if (!rows.next()) return no_campaign();
        return campaign_of(rows);
    };
    co_return co_await pool_.transact(std::move(work));
}

boost::asio::awaitable<Result<Campaign>> MysqlChannelStore::change_campaign(CampaignId id,
                                                                            CampaignDetails seen,
                                                                            CampaignDetails wanted,
                                                                            AccountId by) {
    auto work = [this, id, seen = std::move(seen), wanted = std::move(wanted), by](Session& session) {
        return change_campaign_in(session, id, seen, wanted, by);
    };
    auto changed = co_await pool_.transact(std::move(work));
    if (changed) committed_();
    co_return changed;
}

boost::asio::awaitable<Result<ChannelStore::WithPlaylist>> MysqlChannelStore::change_placement(
    PlacementId id, PlacementDetails seen, PlacementDetails wanted, AccountId by) {
    auto work = [this, id, seen = std::move(seen), wanted = std::move(wanted), by](Session& session) {
        return change_placement_in(session, id, seen, wanted, by);
    };
    auto changed = co_await pool_.transact(std::move(work));
    if (changed) committed_();
    co_return changed;
}

boost::asio::awaitable<Result<std::vector<Change>>> MysqlChannelStore::changes(CampaignId id,
                                                                               std::uint64_t after,
                                                                               std::size_t count) {
    auto work = [=](Session& session) -> Result<std::vector<Change>> {
        if (!session.query("SELECT 1 FROM campaign WHERE campaign_id = ?", id).next()) return no_campaign();
        return database::read_changes(session, {"campaign", number(id)}, after, count);
    };
    co_return co_await pool_.transact(std::move(work));
}

boost::asio::awaitable<Result<std::vector<Change>>> MysqlChannelStore::changes(PlacementId id,
                                                                               std::uint64_t after,
                                                                               std::size_t count) {
    auto work = [=](Session& session) -> Result<std::vector<Change>> {
        if (!session.query("SELECT 1 FROM placement WHERE placement_id = ?", id).next())
            return no_placement();
        return database::read_changes(session, {"placement", number(id)}, after, count);
    };
    co_return co_await pool_.transact(std::move(work));
}

}  // namespace shanhai::channel
