#pragma once

#include "audit/domain/merkle.hpp"
#include "chassis/database/session.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shanhai::audit {

/// A hash as a value of SQL, and as the database gives it back; the latter throws on another length.
database::Literal literal(const Hash& hash);
Hash hash_of(std::string_view bytes);
std::vector<Hash> hashes_of(std::string_view bytes);

/// Reads tiles for proofs, each at most once, and those of `wanted` in one query at the beginning. Throws
/// std::runtime_error when one is missing or too narrow.
TileReader tile_reader(database::Session& session, const std::vector<TileId>& wanted = {});

/// The bytes of a tile, or nothing when it has fewer than `width` hashes.
std::optional<std::string> tile_bytes(database::Session& session, TileId id, std::uint64_t width);

void write_tiles(database::Session& session, const std::map<TileId, std::vector<Hash>>& tiles);

}  // namespace shanhai::audit
