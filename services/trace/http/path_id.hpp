#pragma once

#include <charconv>
#include <cstdint>
#include <string_view>

namespace shanhai::trace {

/// The number in a path segment, or 0, which is nobody's id, when it is not one.
inline std::uint64_t path_id(std::string_view text) {
    std::uint64_t id = 0;
    const auto* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, id);
    return read.ec == std::errc{} && read.ptr == end ? id : 0;
}

}  // namespace shanhai::trace
