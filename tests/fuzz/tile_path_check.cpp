#include "fuzz/targets.hpp"

#include "audit/domain/tile_path.hpp"

namespace shanhai::fuzz {

/// The bytes as a path, as a number, and as the place itself.
std::string fault_of_tile_path(std::string_view bytes) {
    if (const auto read = audit::parse_tile_path(bytes)) {
        if (read->text() != bytes) return "a path with two spellings";
        if (read->index > audit::TilePath::index_max) return "a tile that no tree has";
        if (read->width == 0 || read->width > audit::tile_width_max) return "a tile of no such width";
    }
    if (const auto number = audit::parse_natural(bytes); number && std::to_string(*number) != bytes)
        return "a number with two spellings";

    audit::TilePath place;
    for (const char byte : bytes.substr(0, sizeof(place.index)))
        place.index = place.index << 8U | static_cast<unsigned char>(byte);
    place.index &= audit::TilePath::index_max;
    place.width = 1 + choice_of(bytes, audit::tile_width_max);
    return audit::parse_tile_path(place.text()) == place ? "" : "a place whose path is not read";
}

}  // namespace shanhai::fuzz
