#include "catalog/http/list_position.hpp"

#include <array>
#include <charconv>

namespace shanhai::catalog {

std::string ListPosition::text() const {
    const std::array<std::uint64_t, 6> numbers{static_cast<std::uint64_t>(unix_microseconds(began)),
                                               static_cast<std::uint64_t>(place.part),
                                               place.rank,
                                               static_cast<std::uint64_t>(place.level),
                                               place.uncertified ? 1U : 0U,
                                               number(place.product)};
    std::string written;
    for (const auto one : numbers) written += (written.empty() ? "" : ":") + std::to_string(one);
    return written;
}

std::optional<ListPosition> ListPosition::of(std::string_view text) {
    std::array<std::uint64_t, 6> numbers{};
    const auto* at = text.data();
    const auto* const end = text.data() + text.size();
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (i > 0 && (at == end || *at++ != ':')) return std::nullopt;
        const auto read = std::from_chars(at, end, numbers[i]);
        if (read.ec != std::errc{}) return std::nullopt;
        at = read.ptr;
    }
    if (at != end || numbers[3] >= search::levels) return std::nullopt;
    return ListPosition{instant_of(static_cast<std::int64_t>(numbers[0])),
                        {.part = static_cast<int>(numbers[1]),
                         .rank = numbers[2],
                         .level = static_cast<search::Level>(numbers[3]),
                         .uncertified = numbers[4] != 0,
                         .product = ProductId{numbers[5]}}};
}

}  // namespace shanhai::catalog
