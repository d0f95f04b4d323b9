#include "vocabulary/bundle.hpp"

namespace shanhai {

Fen bought_apart(std::span<const BundlePart> parts) {
    Fen sum;
    for (const auto& part : parts) sum += part.list_price * part.packs;
    return sum;
}

std::optional<std::vector<std::vector<PackShare>>> share_out(Fen price, std::span<const BundlePart> parts) {
    if (parts.empty() || price > bought_apart(parts)) return std::nullopt;
    std::vector<std::int64_t> weights;
    for (const auto& part : parts) weights.push_back((part.list_price * part.packs).count());
    const auto shares = split_by_largest_remainder(price.count(), weights);
    std::vector<std::vector<PackShare>> all;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto packs = parts[i].packs;
        const auto each = shares[i] / packs;
        const auto dearer = shares[i] % packs;
        if (each < 1) return std::nullopt;
        std::vector<PackShare> part{{Fen{each}, packs - dearer}};
        if (dearer > 0) part.push_back({Fen{each + 1}, dearer});
        all.push_back(std::move(part));
    }
    return all;
}

}  // namespace shanhai
