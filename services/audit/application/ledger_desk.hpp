#pragma once

#include "audit/domain/ledger.hpp"
#include "chassis/database/pool.hpp"

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <vector>

namespace shanhai::audit {

/// What can be asked of the ledger itself. Each answer is of one state of it, when the pool reads snapshots.
class LedgerDesk {
public:
    template <class T>
    using Answer = boost::asio::awaitable<Result<T>>;

    explicit LedgerDesk(database::Pool& pool) : pool_{pool} {}

    Answer<Head> head();
    /// The first `width` hashes of a tile, as its bytes. Fails with 404 `tile-unknown`.
    Answer<std::string> tile(TileId id, std::uint64_t width);
    /// The first `width` entries of a bundle. Fails with 404 `tile-unknown`.
    Answer<std::vector<std::string>> bundle(std::uint64_t index, std::uint64_t width);
    /// Fails with 404 `entry-unknown`.
    Answer<std::string> entry(std::uint64_t index);
    /// The number of the order that it is of. Fails with 404 `entry-unknown`, `order-erased`.
    Answer<std::string> order_of(std::uint64_t index);
    /// The proof of an entry in the newest tree, or in the older one that was asked for. Reads each tile that
    /// it needs once, and nothing else. Fails with 404 `entry-unknown`.
    Answer<Inclusion> inclusion(std::uint64_t index, std::optional<std::uint64_t> wanted_size);
    /// Fails with 404 `order-not-in-ledger`.
    Answer<ProvenOrder> order(std::string order_number);
    /// That the tree of `from` entries is the beginning of the one of `to`. Fails with 404 `entry-unknown`.
    Answer<std::vector<Hash>> consistency(std::uint64_t from, std::uint64_t to);

private:
    database::Pool& pool_;
};

/// What LedgerDesk::inclusion tells, within a transaction.
Result<Inclusion> prove(database::Session& session, std::uint64_t index,
                        std::optional<std::uint64_t> wanted_size);

/// 404 `tile-unknown`, also for whoever reads the path.
Error no_such_tile();

}  // namespace shanhai::audit
