#pragma once

#include "vocabulary/money.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace shanhai {

// A bundle (套装) is several packs of one merchant's goods for one price. Catalog, which refuses a price that
// cannot be shared out, and orders, which shares it out, do so by the same rule.

/// Given by the catalog.
enum class BundleId : std::uint64_t {};

inline constexpr std::size_t bundle_components_max = 10;
inline constexpr std::int64_t bundle_component_packs_max = 99;

/// Some packs of one SKU within a bundle, at what one of them costs by itself.
struct BundlePart {
    Fen list_price;
    std::int64_t packs = 0;

    friend bool operator==(const BundlePart&, const BundlePart&) = default;
};

/// Packs that cost the same within a bundle.
struct PackShare {
    Fen price;
    std::int64_t packs = 0;

    friend bool operator==(const PackShare&, const PackShare&) = default;
};

/// What the parts cost when they are bought one by one.
Fen bought_apart(std::span<const BundlePart> parts);

/// What each pack of a bundle costs, by part: the bundle's price in proportion to what the parts cost by
/// themselves, by the largest remainder (ties to the earlier part), then evenly over a part's packs, of which
/// some cost a fen more. So a part has one price or two, the dearer one last, and all of it sums to `price`
/// exactly. Nothing when a pack would cost nothing, or when the bundle is dearer than its parts.
std::optional<std::vector<std::vector<PackShare>>> share_out(Fen price, std::span<const BundlePart> parts);

}  // namespace shanhai
