#include "audit/store/tree_check.hpp"

#include "audit/store/tile_store.hpp"

#include <algorithm>
#include <string>

namespace shanhai::audit {
namespace {

constexpr std::uint64_t tiles_at_once = 256;  // Two megabytes.
constexpr std::size_t differences_max = 50;   // Then it is clear enough.

std::string named(TileId id) {
    return "level " + std::to_string(id.level) + " tile " + std::to_string(id.index);
}

/// Reads a level from the left and hands on what the level above must hold.
class LevelCheck {
public:
    LevelCheck(database::Session& session, Recomputation& found, unsigned level, std::uint64_t hashes)
        : session_{session}, found_{found}, level_{level}, hashes_{hashes} {}

    /// `expected` are the roots of the level below; nothing for level 0, where entries are compared instead.
    std::vector<Hash> run(const std::vector<Hash>* expected, const Progress& progress) {
        for (std::uint64_t next = 0; next < tiles(); next += tiles_at_once) {
            read_from(next, expected);
            progress(0);
        }
        return std::move(roots_);
    }

private:
    std::uint64_t tiles() const { return (hashes_ + tile_width_max - 1) / tile_width_max; }

    void read_from(std::uint64_t first, const std::vector<Hash>* expected) {
        auto rows = session_.query(
            "SELECT tile_index, hashes FROM tile WHERE level = ? AND tile_index >= ? AND tile_index < ? "
            "ORDER BY tile_index",
            level_, first, first + tiles_at_once);
        auto index = first;
        const auto end = std::min(first + tiles_at_once, tiles());
        while (rows.next() && rows.natural(0) < end) {
            for (; index < rows.natural(0); ++index) missing(index);
            take(index++, rows.text(1), expected);
        }
        for (; index < end; ++index) missing(index);
    }

    void missing(std::uint64_t index) {
        found_.differs("tile", named({level_, index}), "is missing");
        roots_.push_back(Hash{});
    }

    void take(std::uint64_t index, const std::string& bytes, const std::vector<Hash>* expected) {
        const TileId id{level_, index};
        const auto width = std::min(tile_width_max, hashes_ - index * tile_width_max);
        if (bytes.size() != width * sizeof(Hash)) {
            found_.differs("tile", named(id), "has not " + std::to_string(width) + " hashes");
            roots_.push_back(Hash{});
            return;
        }
        auto hashes = hashes_of(bytes);
        for (std::uint64_t i = 0; expected != nullptr && i < width; ++i) {
            if (hashes[i] == (*expected)[index * tile_width_max + i]) continue;
            found_.differs("tile", named(id),
                           "hash " + std::to_string(i) + " is not the root of the tile below it");
            break;
        }
        if (width == tile_width_max) roots_.push_back(complete_root(std::move(hashes)));
    }

    database::Session& session_;
    Recomputation& found_;
    unsigned level_;
    std::uint64_t hashes_;  ///< How many the level has.
    std::vector<Hash> roots_;
};

void check_surplus(database::Session& session, std::uint64_t size, Recomputation& found) {
    auto rows = session.query("SELECT level, MAX(tile_index) FROM tile GROUP BY level ORDER BY level");
    while (rows.next()) {
        const TileId id{static_cast<unsigned>(rows.natural(0)), rows.natural(1)};
        const unsigned shift = id.level * tile_height;
        const auto hashes = shift < 64 ? size >> shift : 0;
        if (id.index * tile_width_max >= hashes) found.differs("tile", named(id), "lies beyond the tree");
    }
}

}  // namespace

void check_tiles(database::Session& session, Recomputation& found, const Progress& progress) {
    const auto size = found.checkpoint.size;
    check_surplus(session, size, found);
    std::vector<Hash> below;
    std::uint64_t hashes = size;
    for (unsigned level = 0; hashes > 0; ++level, hashes /= tile_width_max) {
        LevelCheck check{session, found, level, hashes};
        below = check.run(level == 0 ? nullptr : &below, progress);
        if (found.differences_total > differences_max) return;
    }
    if (found.differences_total > 0) return;  // What was named says more than the root would.
    if (tree_root(size, tile_reader(session)) != found.checkpoint.root)
        found.differs("tile", "root", "the tiles do not lead to the root that was signed");
}

}  // namespace shanhai::audit
