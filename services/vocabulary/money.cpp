#include "vocabulary/money.hpp"

#include <algorithm>
#include <numeric>

namespace shanhai {

std::vector<std::int64_t> split_by_largest_remainder(std::int64_t whole,
                                                     std::span<const std::int64_t> weights) {
    __extension__ using Wide = __int128;
    if (std::ranges::any_of(weights, [](auto weight) { return weight < 0; })) {
        throw std::invalid_argument{"split: a weight is negative"};
    }
    const Wide total = std::accumulate(weights.begin(), weights.end(), Wide{0});
    if (total == 0) throw std::invalid_argument{"split: all weights are zero"};

    const Wide sign = whole < 0 ? -1 : 1;
    const Wide size = sign * whole;
    std::vector<Wide> remainders;
    std::vector<std::int64_t> parts;
    Wide given = 0;
    for (const auto weight : weights) {
        const Wide part = size * weight / total;
        remainders.push_back(size * weight % total);
        parts.push_back(static_cast<std::int64_t>(part));
        given += part;
    }
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order,
                             [&](auto left, auto right) { return remainders[left] > remainders[right]; });
    for (std::size_t i = 0; given < size; ++i, ++given) ++parts[order[i]];
    for (auto& part : parts) part = static_cast<std::int64_t>(sign * part);
    return parts;
}

std::string yuan_text(Fen amount) {
    const bool negative = amount.count() < 0;
    // Through the unsigned type, so that the smallest amount has an absolute value too.
    const auto fen = negative ? 0 - static_cast<std::uint64_t>(amount.count())
                              : static_cast<std::uint64_t>(amount.count());
    const auto cents = std::to_string(fen % 100);
    return (negative ? "-" : "") + std::to_string(fen / 100) + (cents.size() == 1 ? ".0" : ".") + cents;
}

}  // namespace shanhai
