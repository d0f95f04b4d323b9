#pragma once

#include "channel/domain/channel_store.hpp"
#include "chassis/database/pool.hpp"

#include <functional>
#include <utility>

namespace shanhai::channel {

/// Keeps campaigns, placements and playlists in MariaDB.
class MysqlChannelStore final : public ChannelStore {
public:
    /// Writes the fact of a placement into the outbox; called last in the transaction.
    using Announce = std::function<void(database::Session&, const Placement&, const Campaign&)>;
    /// Called after each commit that changed something.
    using Committed = std::function<void()>;

    MysqlChannelStore(database::Pool& pool, Announce announce, Committed committed)
        : pool_{pool}, announce_{std::move(announce)}, committed_{std::move(committed)} {}

    boost::asio::awaitable<Result<Registered<Campaign>>> add_campaign(CampaignDetails details) override;
    boost::asio::awaitable<Result<Campaign>> campaign(CampaignId id) override;
    boost::asio::awaitable<Result<Campaign>> change_campaign(CampaignId id, CampaignDetails seen,
                                                             CampaignDetails wanted, AccountId by) override;
    boost::asio::awaitable<Result<WithPlaylist>> change_placement(PlacementId id, PlacementDetails seen,
                                                                  PlacementDetails wanted,
                                                                  AccountId by) override;
    boost::asio::awaitable<Result<std::vector<Change>>> changes(CampaignId id, std::uint64_t after,
                                                                std::size_t count) override;
    boost::asio::awaitable<Result<std::vector<Change>>> changes(PlacementId id, std::uint64_t after,
                                                                std::size_t count) override;
    boost::asio::awaitable<Result<std::vector<Campaign>>> campaigns(CampaignId after,
                                                                    std::size_t count) override;
    boost::asio::awaitable<Result<Registered<Placement>>> add_placement(PlacementDetails details) override;
    boost::asio::awaitable<Result<std::vector<Placement>>> placements(PlacementId after,
                                                                      std::size_t count) override;
    boost::asio::awaitable<Result<WithPlaylist>> placement(PlacementId id) override;
    boost::asio::awaitable<Result<WithPlaylist>> set_playlist(PlacementId id, Playlist seen,
                                                              Playlist playlist) override;
    boost::asio::awaitable<Result<std::vector<HourlyScans>>> scans(PlacementId id, Instant from,
                                                                   Instant to) override;

private:
    Result<Campaign> change_campaign_in(database::Session& session, CampaignId id,
                                        const CampaignDetails& seen, const CampaignDetails& wanted,
                                        AccountId by);
    Result<WithPlaylist> change_placement_in(database::Session& session, PlacementId id,
                                             const PlacementDetails& seen, const PlacementDetails& wanted,
                                             AccountId by);
    Result<Registered<Placement>> add_placement_in(database::Session& session,
                                                   const PlacementDetails& details);

    database::Pool& pool_;
    Announce announce_;
    Committed committed_;
};

}  // namespace shanhai::channel
