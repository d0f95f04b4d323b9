#pragma once

#include "audit/domain/merkle.hpp"

#include "vocabulary/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace shanhai::audit {

/// A tile's place in a path (C2SP tlog-tiles): "x001/x234/067" and, for a partial tile, ".p/17" behind it.
struct TilePath {
    std::uint64_t index = 0;
    std::uint64_t width = tile_width_max;

    /// No tile of a tree of up to 2^63 entries has a higher one.
    static constexpr std::uint64_t index_max = (std::uint64_t{1} << 55U) - 1;

    /// As parse_tile_path, for readers of requests. Fails with Failure::invalid.
    static Result<TilePath> parse(std::string_view text);
    std::string text() const;
    friend bool operator==(const TilePath&, const TilePath&) = default;
};

/// The tile that a path names; nothing unless `text()` spells it exactly so. Reads no byte beyond the view.
std::optional<TilePath> parse_tile_path(std::string_view path);

/// A number as we write it: digits, no sign, no leading zeros, at most 2^64 − 1.
std::optional<std::uint64_t> parse_natural(std::string_view text);

}  // namespace shanhai::audit
