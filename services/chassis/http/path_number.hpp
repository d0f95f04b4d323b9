#pragma once

#include <charconv>
#include <cstdint>
#include <string_view>

namespace shanhai::http {

/// The number that a path segment or query value is, or 0, which is nobody's id, when it is none.
inline std::uint64_t path_number(std::string_view text) {
    std::uint64_t number = 0;
    const auto* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    return read.ec == std::errc{} && read.ptr == end ? number : 0;
}

}  // namespace shanhai::http
