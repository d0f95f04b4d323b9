#pragma once

#include "catalog/domain/bundle_store.hpp"
#include "chassis/database/session.hpp"

#include <set>
#include <span>

namespace shanhai::catalog {

// Bundles as they are stored.

/// The current versions of bundles that the filter takes, whatever its words are, `count` of them at most
/// with ids above `after`, in the order of ids; none but these when `only` has any.
std::vector<Bundle> read_bundles(database::Session& session, const BundleFilter& filter, BundleId after,
                                 std::size_t count, std::span<const BundleId> only = {});
/// Those with one of the products in them, ascending.
std::vector<BundleId> bundles_with(database::Session& session, const std::vector<ProductId>& products);
std::optional<Bundle> read_bundle(database::Session& session, BundleId id);
/// A merchant's bundle of that name.
std::optional<Bundle> find_bundle(database::Session& session, MerchantId merchant, const std::string& name);

/// What is known of these SKUs now; those that do not exist are left out.
BundleSkus read_bundle_skus(database::Session& session, const std::set<SkuId>& skus);
std::set<SkuId> skus_of(const BundleOffer& offer);

/// Whoever adds a bundle to the merchant waits for whoever does so now.
void lock_bundles_of(database::Session& session, MerchantId merchant);
/// Whether the merchant has as many bundles as it may.
bool many_bundles(database::Session& session, MerchantId merchant);
/// One of these SKUs that is in as many bundles as it may, `but` not counted.
std::optional<SkuId> crowded_sku(database::Session& session, const std::set<SkuId>& skus, BundleId but);

void insert_bundle_version(database::Session& session, const Bundle& bundle, const Author& author);

}  // namespace shanhai::catalog
