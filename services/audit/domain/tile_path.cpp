#include "audit/domain/tile_path.hpp"

#include <algorithm>
#include <optional>

namespace shanhai::audit {
namespace {

constexpr std::size_t group_length = 3;
constexpr std::size_t text_length_max = 40;

std::optional<std::uint64_t> number_in(std::string_view digits) {
    const bool all =
        !digits.empty() && std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
    if (!all || digits.size() > group_length) return std::nullopt;
    std::uint64_t number = 0;
    for (const char digit : digits) number = number * 10 + static_cast<std::uint64_t>(digit - '0');
    return number;
}

/// The width behind ".p/": 1 to 255, without leading zeros.
std::optional<std::uint64_t> width_in(std::string_view text) {
    const auto width = number_in(text);
    if (!width || *width == 0 || *width >= tile_width_max || text.front() == '0') return std::nullopt;
    return width;
}

}  // namespace

Result<TilePath> TilePath::parse(std::string_view text) {
    const auto refused = invalid_field("", "is not the path of a tile");
    if (text.size() > text_length_max) return refused;
    TilePath path;
    if (const auto partial = text.find(".p/"); partial != std::string_view::npos) {
        const auto width = width_in(text.substr(partial + 3));
        if (!width) return refused;
        path.width = *width;
        text = text.substr(0, partial);
    }
    for (auto rest = text; !rest.empty() && path.index <= index_max;) {
        const auto end = std::min(rest.find('/'), rest.size());
        auto group = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (group.starts_with('x')) group.remove_prefix(1);
        const auto number = number_in(group);
        if (!number || group.size() != group_length) return refused;
        path.index = path.index * 1000 + *number;
    }
    // The groups were read leniently: only the one right spelling comes out the same.
    if (path.index > index_max || tile_path_index(path.index) != text) return refused;
    return path;
}

}  // namespace shanhai::audit
