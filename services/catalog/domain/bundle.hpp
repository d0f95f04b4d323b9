#pragma once

#include "vocabulary/bundle.hpp"
#include "vocabulary/ids.hpp"
#include "vocabulary/money.hpp"
#include "vocabulary/result.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace shanhai::catalog {

inline constexpr std::size_t bundles_max = 200;  ///< Of one merchant.
/// With the same SKU: whoever learns of the SKU anew shares out each of them.
inline constexpr std::size_t bundles_of_sku_max = 20;

/// So many packs of an SKU in one bundle.
struct BundleComponent {
    SkuId sku{};
    std::int64_t packs = 0;

    friend bool operator==(const BundleComponent&, const BundleComponent&) = default;
};

/// What the catalog knows of an SKU that may be part of a bundle.
struct BundleSku {
    ProductId product{};
    MerchantId merchant{};
    Fen price;
    std::int64_t quantity_max = 0;  ///< Of one order.
    bool ever_listed = false;       ///< Its product.
};
using BundleSkus = std::map<SkuId, BundleSku>;

/// What a bundle says and costs. Every change makes a new version, and old ones stay as they were.
struct BundleOffer {
    std::string name;
    std::string summary;
    std::optional<std::string> image;  ///< Nothing: its first component's picture.
    Fen price;
    std::vector<BundleComponent> components;

    /// 422 at the component or price that breaks a rule no other fact is needed for: an SKU that comes twice,
    /// or one pack in all.
    std::optional<Error> fault() const;
    /// 422 at the component that is unknown, of another merchant, or more than an order may hold; at
    /// "/price_fen": `bundle-dearer` than its parts, or `bundle-too-cheap` for each pack to cost a fen.
    std::optional<Error> fault_of_parts(const BundleSkus& skus, MerchantId merchant) const;
    /// The components as they share the price; all of them must be among `skus`.
    std::vector<BundlePart> parts(const BundleSkus& skus) const;

    friend bool operator==(const BundleOffer&, const BundleOffer&) = default;
};

/// A bundle before it is stored.
struct NewBundle {
    MerchantId merchant{};
    BundleOffer offer;
    bool listed = false;

    std::optional<Error> fault() const { return offer.fault(); }
};

/// A bundle (套装) as it is now.
struct Bundle {
    BundleId id{};
    MerchantId merchant{};
    int version = 1;
    BundleOffer offer;
    bool listed = false;
    bool ever_listed = false;  ///< Until then only its own house and those who oversee know of it.
};

}  // namespace shanhai::catalog
