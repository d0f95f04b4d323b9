#include "audit/domain/tiles.hpp"

namespace shanhai::audit {

std::map<TileId, std::vector<Hash>> tiles_after_append(std::uint64_t size, std::span<const Hash> leaves,
                                                       const TileReader& read) {
    std::map<TileId, std::vector<Hash>> changed;
    std::vector<Hash> row{leaves.begin(), leaves.end()};
    for (unsigned level = 0; !row.empty(); ++level, size /= tile_width_max) {
        std::vector<Hash> full_tiles;
        std::uint64_t position = size;
        for (const auto& hash : row) {
            const TileId id{level, position / tile_width_max};
            auto [tile, fresh] = changed.try_emplace(id);
            const auto before = position % tile_width_max;
            if (fresh && before != 0) {
                tile->second = read(id, before);
                tile->second.resize(before);
            }
            tile->second.push_back(hash);
            ++position;
            if (position % tile_width_max == 0) full_tiles.push_back(complete_root(tile->second));
        }
        row = std::move(full_tiles);
    }
    return changed;
}

}  // namespace shanhai::audit
