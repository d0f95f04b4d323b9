#pragma once

#include "audit/domain/merkle.hpp"

#include <map>

namespace shanhai::audit {

/// The tiles that change when `leaves` are appended to a tree of `size` entries, each with all its hashes.
/// `read` is asked only for the partial tiles on the tree's right edge.
std::map<TileId, std::vector<Hash>> tiles_after_append(std::uint64_t size, std::span<const Hash> leaves,
                                                       const TileReader& read);

}  // namespace shanhai::audit
