#include "audit/domain/merkle.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <bit>
#include <map>

namespace shanhai::audit {
namespace {

/// RFC 6962's own recursive definition, to check the tiled one against.
Hash defined_root(const std::vector<Hash>& leaves, std::size_t first, std::size_t last) {
    if (first == last) return empty_tree_hash();
    if (last - first == 1) return leaves[first];
    const auto middle = first + std::bit_floor(last - first - 1);
    return node_hash(defined_root(leaves, first, middle), defined_root(leaves, middle, last));
}

/// A log in memory, with its tiles.
class Log {
public:
    explicit Log(std::size_t size) {
        for (std::size_t i = 0; i < size; ++i) leaves.push_back(leaf_hash("entry " + std::to_string(i)));
        auto row = leaves;
        for (unsigned level = 0; !row.empty(); ++level) {
            std::vector<Hash> above;
            for (std::size_t i = 0; i < row.size(); ++i) {
                tiles_[{level, i / tile_width_max}].push_back(row[i]);
                if (i % tile_width_max == tile_width_max - 1) {
                    above.push_back(defined_root(row, i + 1 - tile_width_max, i + 1));
                }
            }
            row = above;
        }
    }
    Hash root(std::size_t size) const { return defined_root(leaves, 0, size); }
    TileReader reader() const {
        return [this](TileId id, std::uint64_t width) {
            const auto& tile = tiles_.at(id);
            if (tile.size() < width) throw std::runtime_error{"the tile is too narrow"};
            return tile;
        };
    }
    std::vector<Hash> leaves;

private:
    std::map<TileId, std::vector<Hash>> tiles_;
};

std::string hex(const Hash& hash) {
    std::string text;
    for (const auto byte : hash) {
        text += "0123456789abcdef"[byte >> 4];
        text += "0123456789abcdef"[byte & 15];
    }
    return text;
}

TEST(Merkle, HashesTheEmptyTreeAndTheEmptyLeafAsRfc6962Says) {
    EXPECT_EQ(hex(empty_tree_hash()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(hex(leaf_hash("")), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
}

TEST(Merkle, FindsTheRootOfEverySizeFromTiles) {
    const Log log{600};
    for (std::size_t size = 0; size <= 600; ++size)
        EXPECT_EQ(tree_root(size, log.reader()), log.root(size)) << size;
}

TEST(Merkle, ProvesEveryEntryOfSmallTreesAndNoOther) {
    const Log log{40};
    for (std::size_t size = 1; size <= 40; ++size) {
        for (std::size_t index = 0; index < size; ++index) {
            const auto proof = inclusion_proof(index, size, log.reader());
            const auto root = log.root(size);
            EXPECT_TRUE(inclusion_holds(log.leaves[index], index, size, proof, root));
            EXPECT_FALSE(inclusion_holds(log.leaves[(index + 1) % 40], index, size, proof, root));
            EXPECT_FALSE(inclusion_holds(log.leaves[index], index, size + 64, proof, root));
        }
    }
}

TEST(Merkle, ProvesAnyEntryOfAnyTree) {
    const Log log{70'000};
    EXPECT_TRUE(rc::check([&] {
        const auto size = *rc::gen::inRange<std::uint64_t>(1, 70'001);
        const auto index = *rc::gen::inRange<std::uint64_t>(0, size);
        const auto root = tree_root(size, log.reader());
        auto proof = inclusion_proof(index, size, log.reader());
        RC_ASSERT(inclusion_holds(log.leaves[index], index, size, proof, root));
        if (proof.empty()) return;
        const auto at = *rc::gen::inRange<std::size_t>(0, proof.size());
        proof[at][7] ^= 1;
        RC_ASSERT(!inclusion_holds(log.leaves[index], index, size, proof, root));
    }));
}

TEST(Merkle, ProvesThatEveryTreeIsAPrefixOfALaterOne) {
    const Log log{40};
    for (std::size_t to = 1; to <= 40; ++to) {
        for (std::size_t from = 1; from <= to; ++from) {
            auto proof = consistency_proof(from, to, log.reader());
            EXPECT_TRUE(consistency_holds(from, to, log.root(from), log.root(to), proof))
                << from << ' ' << to;
            EXPECT_FALSE(consistency_holds(from, to, leaf_hash("forged"), log.root(to), proof));
            if (!proof.empty()) {
                proof.back()[0] ^= 1;
                EXPECT_FALSE(consistency_holds(from, to, log.root(from), log.root(to), proof));
            }
        }
    }
    EXPECT_FALSE(consistency_holds(0, 3, empty_tree_hash(), log.root(3), {}));
}

TEST(Merkle, RefusesWhatTheTreeDoesNotHave) {
    const Log log{10};
    EXPECT_THROW(inclusion_proof(10, 10, log.reader()), std::out_of_range);
    EXPECT_THROW(consistency_proof(0, 10, log.reader()), std::out_of_range);
    EXPECT_THROW(consistency_proof(11, 10, log.reader()), std::out_of_range);
}

TEST(Merkle, SpellsTileIndicesInGroupsOfThree) {
    EXPECT_EQ(tile_path_index(0), "000");
    EXPECT_EQ(tile_path_index(273), "273");
    EXPECT_EQ(tile_path_index(1'234'067), "x001/x234/067");
}

}  // namespace
}  // namespace shanhai::audit
