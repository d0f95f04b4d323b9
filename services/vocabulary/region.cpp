#include "vocabulary/region.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <vector>

namespace shanhai {

extern const std::string_view gbt2260;  // Generated from data/gbt2260.txt.

namespace {

constexpr std::size_t code_length = 6;

std::optional<std::uint32_t> number_of(std::string_view digits) {
    std::uint32_t number = 0;
    const auto* end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
    return number;
}

/// What stands before the separator; `rest` keeps what stands behind it.
std::string_view cut(std::string_view& rest, char separator) {
    const auto end = std::min(rest.find(separator), rest.size());
    const auto head = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return head;
}

/// All codes in order. A line of the table is a prefecture's four digits, then two for each area.
std::vector<std::uint32_t> read_table() {
    std::vector<std::uint32_t> codes;
    for (auto table = gbt2260; !table.empty();) {
        auto line = cut(table, '\n');
        const auto prefecture = number_of(cut(line, ' '));
        while (prefecture && !line.empty()) {
            if (const auto area = number_of(cut(line, ' '))) codes.push_back(*prefecture * 100 + *area);
        }
    }
    std::ranges::sort(codes);
    return codes;
}

const std::vector<std::uint32_t>& all_codes() {
    static const auto codes = read_table();
    return codes;
}

/// How many codes lie together in an area of that level.
std::uint32_t span_of(std::uint32_t code) {
    constexpr std::uint32_t prefecture = 100;
    constexpr std::uint32_t province = 10'000;
    if (code % province == 0) return province;
    return code % prefecture == 0 ? prefecture : 1;
}

}  // namespace

bool is_region(std::string_view code) {
    const auto number = number_of(code);
    if (code.size() != code_length || !number) return false;
    const auto first = std::ranges::lower_bound(all_codes(), *number);
    return first != all_codes().end() && *first < *number + span_of(*number);
}

Result<RegionCode> RegionCode::parse(std::string_view text) {
    const auto& codes = all_codes();
    const auto number = number_of(text);
    if (text.size() != code_length || !number) return invalid_field("", "a region code is six digits");
    if (!std::ranges::binary_search(codes, *number)) {
        return invalid_field("", "GB/T 2260 has no county, district or city without counties of that code");
    }
    return RegionCode{text};
}

}  // namespace shanhai
