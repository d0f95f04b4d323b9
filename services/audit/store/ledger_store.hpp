#pragma once

#include "audit/domain/entry.hpp"
#include "audit/domain/merkle.hpp"
#include "audit/domain/signed_note.hpp"
#include "chassis/database/pool.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace shanhai::audit {

/// A sale on its way into the ledger, with the order id that only the database keeps.
struct NewSale {
    OrderId order{};
    Sale sale;
};

/// The size of the ledger and its newest checkpoint.
struct Head {
    std::uint64_t size = 0;
    Hash root{};
    std::string note;  ///< The signed checkpoint.
};

/// Locks the head until the transaction ends: whoever holds it is the one who may append.
Head lock_head(database::Session& session);
Head read_head(database::Session& session);

/// Appends the sales behind `head` (as lock_head returned it) and everything that follows from them: tiles,
/// rollups, counts of orders and buyers, and the next signed checkpoint, all in this transaction.
void append(database::Session& session, const Head& head, const std::vector<NewSale>& sales,
            const NoteSigner& signer);

/// Signs the empty tree when there is no checkpoint yet.
void ensure_head(database::Session& session, const NoteSigner& signer);

/// Reads tiles for proofs; throws std::runtime_error when one is missing or too narrow.
TileReader tile_reader(database::Session& session);

/// The bytes of a tile, or nothing when it has fewer than `width` hashes.
std::optional<std::string> tile_bytes(database::Session& session, TileId id, std::uint64_t width);

/// The canonical entries [first, first + count) of the ledger, fewer at its end.
std::vector<std::string> entries(database::Session& session, std::uint64_t first, std::uint64_t count);

}  // namespace shanhai::audit
