#pragma once

#include "chassis/database/telling.hpp"
#include "trace/domain/registry.hpp"

#include <functional>
#include <span>
#include <type_traits>
#include <utility>

namespace shanhai::trace {

/// Keeps bases and lots in MariaDB.
class MysqlRegistry final : public Registry {
public:
    /// Write the facts of lots and bases into the outbox; called last in the transaction.
    struct Announce {
        std::function<void(database::Session&, std::span<const Lot>)> lots;
        std::function<void(database::Session&, std::span<const Base>)> bases;
    };
    /// Called after each commit that changed something.
    using Committed = std::function<void()>;

    MysqlRegistry(database::Pool& pool, Announce announce, Committed committed)
        : pool_{pool}, announce_{std::move(announce)}, committed_{std::move(committed)} {}

    boost::asio::awaitable<Result<Registered<Base>>> add_base(BaseDetails details, Writer writer) override;
    boost::asio::awaitable<Result<Base>> base(BaseId id, Reader reader) override;
    boost::asio::awaitable<Result<Base>> change_base(BaseId id, BaseDetails details, int current,
                                                     Writer writer) override;
    boost::asio::awaitable<Result<Base>> confirm_base(BaseId id, int current, Writer writer) override;
    boost::asio::awaitable<Result<std::vector<Base>>> bases(Reader reader, std::optional<MerchantId> merchant,
                                                            BaseId after, std::size_t count) override;
    boost::asio::awaitable<Result<Registered<Lot>>> add_lot(LotRequest request, Writer writer) override;
    boost::asio::awaitable<Result<ImportReport>> add_lots(LotTable table, Writer writer) override;
    boost::asio::awaitable<Result<std::vector<NamedLot>>> lots_for(Writer reader,
                                                                   std::optional<MerchantId> merchant,
                                                                   LotId after, std::size_t count) override;
    boost::asio::awaitable<Result<Lot>> lot(LotId id, Reader reader) override;
    boost::asio::awaitable<Result<std::vector<Lot>>> lots(LotFilter filter, LotId after,
                                                          std::size_t count) override;
    boost::asio::awaitable<Result<Lot>> set_papers(LotId id, LotPapers seen, LotPapers papers,
                                                   Writer writer) override;
    boost::asio::awaitable<Result<Lot>> block(LotId id, std::string reason, Writer writer) override;
    boost::asio::awaitable<Result<std::vector<Change>>> changes(BaseId id, Writer reader, std::uint64_t after,
                                                                std::size_t count) override;
    boost::asio::awaitable<Result<std::vector<Change>>> changes(LotId id, Writer reader, std::uint64_t after,
                                                                std::size_t count) override;

    /// For the start of the service, which may block: tells every lot and every base once more when its fact
    /// says more, or says it better, than when it was told last.
    Result<Done> tell_again_after_an_upgrade();

private:
    Result<Registered<Base>> add_base_in(database::Session& session, const BaseDetails& details,
                                         const Writer& writer);
    Result<Base> change_base_in(database::Session& session, BaseId id, const BaseDetails& details,
                                int current, const Writer& writer);
    Result<Base> confirm_base_in(database::Session& session, BaseId id, int current, const Writer& writer);
    Result<Registered<Lot>> add_lot_in(database::Session& session, const LotRequest& request,
                                       const Writer& writer);
    Result<ImportReport> add_lots_in(database::Session& session, const LotTable& table, const Writer& writer);
    Result<Lot> set_papers_in(database::Session& session, LotId id, const LotPapers& seen,
                              const LotPapers& papers, const Writer& writer);
    Result<Lot> block_in(database::Session& session, LotId id, const std::string& reason,
                         const Writer& writer);

    database::Pool& pool_;
    Announce announce_;
    Committed committed_;
};

}  // namespace shanhai::trace
