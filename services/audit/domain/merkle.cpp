#include "audit/domain/merkle.hpp"

#include "chassis/security/crypto.hpp"

#include <algorithm>
#include <bit>
#include <stdexcept>

namespace shanhai::audit {
namespace {

Hash digest(std::string_view bytes) {
    const auto digested = security::sha256(bytes);
    Hash hash;
    std::ranges::copy(digested, hash.begin());
    return hash;
}

std::string_view bytes_of(const Hash& hash) {
    return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}

/// The hash of the complete subtree of 2^height entries that begins at `first` (a multiple of that).
Hash complete_subtree(std::uint64_t first, unsigned height, const TileReader& read) {
    const unsigned level = height / tile_height;
    const std::uint64_t wide = std::uint64_t{1} << (height % tile_height);
    const std::uint64_t position = first >> (level * tile_height);
    const std::uint64_t offset = position % tile_width_max;
    auto tile = read({level, position / tile_width_max}, offset + wide);
    const auto begin = tile.begin() + static_cast<std::ptrdiff_t>(offset);
    return complete_root({begin, begin + static_cast<std::ptrdiff_t>(wide)});
}

/// MTH of the entries [first, last): complete subtrees from the left, folded from the right. `first`
/// is a multiple of the smallest power of two that is not below last − first.
Hash range_root(std::uint64_t first, std::uint64_t last, const TileReader& read) {
    std::vector<Hash> parts;
    while (first < last) {
        const auto height = static_cast<unsigned>(std::bit_width(last - first) - 1);
        parts.push_back(complete_subtree(first, height, read));
        first += std::uint64_t{1} << height;
    }
    Hash root = parts.back();
    for (auto part = parts.rbegin() + 1; part != parts.rend(); ++part) root = node_hash(*part, root);
    return root;
}

/// The largest power of two below `size`, which is at least 2: where RFC 6962 splits a tree.
std::uint64_t split_point(std::uint64_t size) { return std::bit_floor(size - 1); }

}  // namespace

Hash leaf_hash(std::string_view entry) { return digest(std::string{'\0'}.append(entry)); }

Hash node_hash(const Hash& left, const Hash& right) {
    std::array<char, 65> bytes;
    bytes[0] = 1;
    std::ranges::copy(bytes_of(left), bytes.begin() + 1);
    std::ranges::copy(bytes_of(right), bytes.begin() + 33);
    return digest({bytes.data(), bytes.size()});
}

Hash empty_tree_hash() { return digest({}); }

Hash complete_root(std::vector<Hash> hashes) {
    while (hashes.size() > 1) {
        for (std::size_t i = 0; i < hashes.size() / 2; ++i)
            hashes[i] = node_hash(hashes[2 * i], hashes[2 * i + 1]);
        hashes.resize(hashes.size() / 2);
    }
    return hashes.front();
}

Hash tree_root(std::uint64_t size, const TileReader& read) {
    return size == 0 ? empty_tree_hash() : range_root(0, size, read);
}

std::vector<Hash> inclusion_proof(std::uint64_t index, std::uint64_t size, const TileReader& read) {
    if (index >= size) throw std::out_of_range{"no such entry in a tree of that size"};
    std::vector<Hash> from_the_root;
    std::uint64_t first = 0;
    std::uint64_t last = size;
    while (last - first > 1) {
        const auto middle = first + split_point(last - first);
        if (index < middle) {
            from_the_root.push_back(range_root(middle, last, read));
            last = middle;
        } else {
            from_the_root.push_back(range_root(first, middle, read));
            first = middle;
        }
    }
    std::ranges::reverse(from_the_root);
    return from_the_root;
}

std::vector<TileId> tiles_of_proof(std::uint64_t index, std::uint64_t size) {
    std::vector<TileId> tiles;
    for (unsigned level = 0; size > 0; ++level, index /= tile_width_max, size /= tile_width_max) {
        const auto last = (size - 1) / tile_width_max;
        const auto above = index / tile_width_max;
        if (above < last) tiles.push_back({level, above});
        tiles.push_back({level, last});
    }
    return tiles;
}

std::vector<Hash> consistency_proof(std::uint64_t from, std::uint64_t to, const TileReader& read) {
    if (from == 0 || from > to) throw std::out_of_range{"no such pair of trees"};
    std::vector<Hash> from_the_root;
    std::uint64_t first = 0;
    std::uint64_t last = to;
    std::uint64_t old = from;  // How many of [first, last) the old tree has.
    bool old_root_is_known = true;
    while (old != last - first) {
        const auto half = split_point(last - first);
        if (old <= half) {
            from_the_root.push_back(range_root(first + half, last, read));
            last = first + half;
        } else {
            from_the_root.push_back(range_root(first, first + half, read));
            first += half;
            old -= half;
            old_root_is_known = false;
        }
    }
    if (!old_root_is_known) from_the_root.push_back(range_root(first, last, read));
    std::ranges::reverse(from_the_root);
    return from_the_root;
}

bool inclusion_holds(const Hash& leaf, std::uint64_t index, std::uint64_t size, std::span<const Hash> proof,
                     const Hash& root) {
    if (index >= size) return false;
    std::uint64_t node = index;
    std::uint64_t end = size - 1;
    Hash hash = leaf;
    for (const auto& sibling : proof) {
        if (end == 0) return false;
        if ((node & 1) != 0 || node == end) {
            hash = node_hash(sibling, hash);
            while ((node & 1) == 0 && node != 0) {
                node >>= 1;
                end >>= 1;
            }
        } else {
            hash = node_hash(hash, sibling);
        }
        node >>= 1;
        end >>= 1;
    }
    return end == 0 && hash == root;
}

bool consistency_holds(std::uint64_t from, std::uint64_t to, const Hash& old_root, const Hash& new_root,
                       std::span<const Hash> proof) {
    if (from == 0 || from > to) return false;
    if (from == to) return proof.empty() && old_root == new_root;
    std::vector<Hash> path;
    if (std::has_single_bit(from)) path.push_back(old_root);
    path.insert(path.end(), proof.begin(), proof.end());
    if (path.empty()) return false;

    std::uint64_t node = from - 1;
    std::uint64_t end = to - 1;
    while ((node & 1) != 0) {
        node >>= 1;
        end >>= 1;
    }
    Hash old_hash = path.front();
    Hash new_hash = path.front();
    for (std::size_t i = 1; i < path.size(); ++i) {
        if (end == 0) return false;
        if ((node & 1) != 0 || node == end) {
            old_hash = node_hash(path[i], old_hash);
            new_hash = node_hash(path[i], new_hash);
            while ((node & 1) == 0 && node != 0) {
                node >>= 1;
                end >>= 1;
            }
        } else {
            new_hash = node_hash(new_hash, path[i]);
        }
        node >>= 1;
        end >>= 1;
    }
    return end == 0 && old_hash == old_root && new_hash == new_root;
}

std::string tile_path_index(std::uint64_t index) {
    std::string path;
    do {
        auto group = std::to_string(index % 1000);
        group.insert(0, 3 - group.size(), '0');
        path = path.empty() ? group : "x" + group + "/" + path;
        index /= 1000;
    } while (index != 0);
    return path;
}

}  // namespace shanhai::audit
