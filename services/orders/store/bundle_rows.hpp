#pragma once

#include "chassis/database/session.hpp"
#include "orders/domain/offers.hpp"

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace shanhai::orders {

/// The kind of changes of bundles (database::touch).
inline constexpr std::string_view bundle_kind = "bundle";

/// A bundle as the catalog told of it last.
struct KnownBundle {
    struct Part {
        SkuId sku{};
        std::int64_t packs = 0;
    };

    BundleId id{};
    MerchantId merchant{};
    std::int32_t version = 0;
    std::string name;
    Fen price;
    bool listed = false;
    std::vector<Part> parts;
};

/// Keeps it in place of what was known of it, and shares its price out over its parts as they cost now: each
/// share is a revision of its own, which never changes.
void save_bundle(database::Session& session, const KnownBundle& bundle);
/// This SKU was offered anew: shares out every bundle that it is in.
void share_out_bundles_of(database::Session& session, SkuId sku);

/// These bundles, or all. One of which a fact could not be applied is not sold.
void load_bundles(database::Session& session, OfferBook& book, const std::set<std::uint64_t>& ids);

}  // namespace shanhai::orders
