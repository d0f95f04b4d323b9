#pragma once

#include <span>
#include <string_view>

namespace shanhai::catalog {

/// Addresses of the drawings of goods that come with the pages ("/media/goods/…"), in order.
std::span<const std::string_view> drawings();
/// Whether there is such a drawing.
bool is_drawing(std::string_view address);

}  // namespace shanhai::catalog
