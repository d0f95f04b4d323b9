#pragma once

#include "audit/domain/ledger.hpp"
#include "audit/domain/signed_note.hpp"
#include "audit/store/new_order.hpp"
#include "chassis/database/pool.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace shanhai::audit {

/// Locks the head until the transaction ends: whoever holds it is the one who may append.
Head lock_head(database::Session& session);
Head read_head(database::Session& session);

/// Appends the orders' lines behind `head` (as lock_head returned it) and everything that follows from them:
/// tiles, rollups, counts of orders and buyers, and the next signed checkpoint, all in this transaction. What
/// is there must have been found sound before (foundation.hpp).
void append(database::Session& session, const Head& head, const std::vector<NewOrder>& orders,
            const NoteSigner& signer);

/// Signs the empty tree when there is no checkpoint yet. Throws std::runtime_error when the checkpoint of a
/// ledger with entries is gone: an empty one must not take its place.
void ensure_head(database::Session& session, const NoteSigner& signer);

/// The canonical entries [first, first + count) of the ledger, fewer at its end.
std::vector<std::string> entries(database::Session& session, std::uint64_t first, std::uint64_t count);

}  // namespace shanhai::audit
