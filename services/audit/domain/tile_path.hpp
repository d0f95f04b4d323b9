#pragma once

#include "audit/domain/merkle.hpp"
#include "vocabulary/result.hpp"

#include <string_view>

namespace shanhai::audit {

/// Which tile of its level a path names, and how much of it (C2SP tlog-tiles): "x001/x234/067", and
/// "x001/x234/067.p/17" for the first 17 hashes of one that is not full.
struct TilePath {
    /// No tile of a tree of up to 2^63 entries has a higher one.
    static constexpr std::uint64_t index_max = (std::uint64_t{1} << 55U) - 1;

    std::uint64_t index = 0;
    std::uint64_t width = tile_width_max;

    /// Takes the one spelling that tile_path_index gives. Fails with Failure::invalid.
    static Result<TilePath> parse(std::string_view text);
};

}  // namespace shanhai::audit
