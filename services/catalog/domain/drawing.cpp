#include "catalog/domain/drawing.hpp"

#include <algorithm>
#include <array>

namespace shanhai::catalog {
namespace {

constexpr auto all = std::to_array<std::string_view>({
#include "catalog/domain/drawings.inc"
});
static_assert(std::ranges::is_sorted(all));

}  // namespace

std::span<const std::string_view> drawings() { return all; }

bool is_drawing(std::string_view address) { return std::ranges::binary_search(all, address); }

}  // namespace shanhai::catalog
