#include "audit/domain/tile_path.hpp"

#include <charconv>

namespace shanhai::audit {
namespace {

constexpr std::string_view partial_mark = ".p/";

/// Exactly three digits.
std::optional<std::uint64_t> group_of(std::string_view text) {
    if (text.size() != 3 || text.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    return std::uint64_t(text[0] - '0') * 100 + std::uint64_t(text[1] - '0') * 10 +
           std::uint64_t(text[2] - '0');
}

/// "x001/x234/067": every group but the last has an x before and a slash behind it.
std::optional<std::uint64_t> index_of(std::string_view text) {
    std::uint64_t index = 0;
    while (true) {
        const auto slash = text.find('/');
        const bool last = slash == std::string_view::npos;
        auto piece = text.substr(0, slash);
        if (!last && !piece.starts_with('x')) return std::nullopt;
        if (!last) piece.remove_prefix(1);
        const auto group = group_of(piece);
        if (!group) return std::nullopt;
        index = index * 1000 + *group;
        if (index > TilePath::index_max) return std::nullopt;
        if (last) return index;
        text.remove_prefix(slash + 1);
    }
}

}  // namespace

Result<TilePath> TilePath::parse(std::string_view text) {
    if (const auto found = parse_tile_path(text)) return *found;
    return invalid_field("", "is not the path of a tile");
}

std::string TilePath::text() const {
    auto path = tile_path_index(index);
    if (width != tile_width_max) path.append(partial_mark).append(std::to_string(width));
    return path;
}

std::optional<TilePath> parse_tile_path(std::string_view path) {
    TilePath found;
    auto place = path;
    if (const auto mark = path.find(partial_mark); mark != std::string_view::npos) {
        const auto width = parse_natural(path.substr(mark + partial_mark.size()));
        if (!width || *width == 0 || *width >= tile_width_max) return std::nullopt;
        found.width = *width;
        place = path.substr(0, mark);
    }
    const auto index = index_of(place);
    if (!index) return std::nullopt;
    found.index = *index;
    if (found.text() != path) return std::nullopt;  // Needless groups, such as x000/001.
    return found;
}

std::optional<std::uint64_t> parse_natural(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    if (text.size() > 1 && text.front() == '0') return std::nullopt;
    return value;
}

}  // namespace shanhai::audit
