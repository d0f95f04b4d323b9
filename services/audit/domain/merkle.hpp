#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shanhai::audit {

/// A SHA-256 hash of the ledger's Merkle tree.
using Hash = std::array<unsigned char, 32>;

/// RFC 6962, section 2.1: SHA-256(0x00 ‖ entry), SHA-256(0x01 ‖ left ‖ right), SHA-256 of nothing.
Hash leaf_hash(std::string_view entry);
Hash node_hash(const Hash& left, const Hash& right);
Hash empty_tree_hash();

/// A tile holds up to 256 hashes: the leaves of a subtree eight levels high (C2SP tlog-tiles). Tiles
/// of level 0 hold leaf hashes, those of level n+1 the roots of full tiles of level n.
inline constexpr unsigned tile_height = 8;
inline constexpr std::uint64_t tile_width_max = 256;

struct TileId {
    unsigned level = 0;
    std::uint64_t index = 0;

    friend auto operator<=>(const TileId&, const TileId&) = default;
};

/// Gets a tile: at least `width` hashes. Throws when it does not have them.
using TileReader = std::function<std::vector<Hash>(TileId, std::uint64_t width)>;

/// The root over a power of two of hashes, such as a full tile's.
Hash complete_root(std::vector<Hash> hashes);

/// The hash of the tree's first `size` entries.
Hash tree_root(std::uint64_t size, const TileReader& read);

/// Audit path of entry `index` in the tree of `size` entries (RFC 9162, section 2.1.3.1), from the leaf up.
/// Throws std::out_of_range unless index < size.
std::vector<Hash> inclusion_proof(std::uint64_t index, std::uint64_t size, const TileReader& read);

/// Every tile that `inclusion_proof` may ask for: on each level the one above the entry, and the last.
std::vector<TileId> tiles_of_proof(std::uint64_t index, std::uint64_t size);

/// Proof that the tree of `from` entries is a prefix of the tree of `to` entries (section 2.1.4.1).
/// Throws std::out_of_range unless 0 < from <= to; empty when they are equal.
std::vector<Hash> consistency_proof(std::uint64_t from, std::uint64_t to, const TileReader& read);

/// RFC 9162, sections 2.1.3.2 and 2.1.4.2.
bool inclusion_holds(const Hash& leaf, std::uint64_t index, std::uint64_t size, std::span<const Hash> proof,
                     const Hash& root);
bool consistency_holds(std::uint64_t from, std::uint64_t to, const Hash& old_root, const Hash& new_root,
                       std::span<const Hash> proof);

/// "x001/x234/067" for 1234067, as tile paths spell an index.
std::string tile_path_index(std::uint64_t index);

}  // namespace shanhai::audit
