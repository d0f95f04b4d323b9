#include "catalog/store/bundle_rows.hpp"
#include "catalog/store/mysql_bundle_store.hpp"
#include "catalog/store/product_rows.hpp"
#include "catalog/store/reader.hpp"
#include "chassis/database/unique.hpp"

#include <algorithm>
#include <iterator>
#include <span>

namespace shanhai::catalog {
namespace {

using database::Session;

constexpr std::ptrdiff_t asked_at_once = 1000;  // Of what words find: a page is full of the first.

Error bundle_unknown() { return Error{Failure::not_found, "bundle-unknown", "there is no such bundle"}; }

Error bundle_exists() {
    return Error{Failure::conflict, "bundle-exists", "this merchant has another bundle of that name"};
}

Error too_many_bundles() {
    return Error{Failure::conflict, "too-many-bundles",
                 "a merchant has " + std::to_string(bundles_max) + " bundles at most"};
}

/// The bundle, locked before anything of it is read, and its merchant.
struct Locked {
    Bundle bundle;
    Merchant merchant;
};

/// Fails with 404 `bundle-unknown` and 403 `not-your-merchant`.
Result<Locked> locked(Session& session, BundleId id, const Author& author) {
    auto rows = session.query("SELECT merchant_id FROM bundle WHERE bundle_id = ? FOR UPDATE", id);
    if (!rows.next()) return bundle_unknown();
    auto merchant = read_merchant(session, rows.id<MerchantId>(0));
    auto bundle = read_bundle(session, id);
    if (auto fault = merchant->fault_of_writing(author))
        return bundle->ever_listed ? *fault : bundle_unknown();
    return Locked{std::move(*bundle), std::move(*merchant)};
}

std::optional<Error> fault_of_crowding(Session& session, const BundleOffer& offer, BundleId own) {
    const auto crowded = crowded_sku(session, skus_of(offer), own);
    if (!crowded) return std::nullopt;
    const auto at = std::ranges::find(offer.components, *crowded, &BundleComponent::sku);
    return invalid_field("/components/" + std::to_string(at - offer.components.begin()) + "/sku_id",
                         "an SKU is in " + std::to_string(bundles_of_sku_max) + " bundles at most");
}

std::optional<Error> fault_of(Session& session, const BundleOffer& offer, BundleId own,
                              const Merchant& merchant, const Author& author) {
    const auto skus = read_bundle_skus(session, skus_of(offer));
    if (auto fault = offer.fault_of_parts(skus, merchant.id)) return fault;
    if (auto fault = fault_of_crowding(session, offer, own)) return fault;
    if (!offer.image) return std::nullopt;
    return fault_of_picture(session, *offer.image, "/image", merchant, author);
}

std::vector<ShownBundle> with_skus(Session& session, std::vector<Bundle> bundles) {
    std::set<SkuId> skus;
    for (const auto& bundle : bundles) skus.merge(skus_of(bundle.offer));
    const auto known = read_bundle_skus(session, skus);
    std::vector<ShownBundle> shown;
    for (auto& bundle : bundles) {
        BundleSkus own;
        for (const auto& component : bundle.offer.components)
            own.emplace(component.sku, known.at(component.sku));
        shown.push_back({std::move(bundle), std::move(own)});
    }
    return shown;
}

}  // namespace

Result<Written<BundleId>> MysqlBundleStore::write(Session& session, const NewBundle& wanted,
                                                  const Author& author) {
    const auto merchant = read_merchant(session, wanted.merchant);
    if (!merchant) return invalid_field("/merchant_id", "there is no such merchant");
    if (auto fault = merchant->fault_of_writing(author)) return *fault;
    lock_bundles_of(session, wanted.merchant);
    // Before any other fault: what is there already was well when it came.
    if (const auto known = find_bundle(session, wanted.merchant, wanted.offer.name)) {
        if (known->offer != wanted.offer || known->listed != wanted.listed) return bundle_exists();
        return Written<BundleId>{known->id, false};
    }
    if (!merchant->may_sell()) {
        return Error{Failure::conflict, "merchant-inactive", "this merchant may not sell at present"};
    }
    if (many_bundles(session, wanted.merchant)) return too_many_bundles();
    if (auto fault = fault_of(session, wanted.offer, BundleId{}, *merchant, author)) return *fault;
    const auto id = database::insert_unique<BundleId>(
        session,
        "INSERT INTO bundle (merchant_id, name, version, listed, ever_listed, created_at) VALUES "
        "(?, ?, 1, ?, ?, ?)",
        wanted.merchant, wanted.offer.name, wanted.listed, wanted.listed, session.now());
    if (!id) return bundle_exists();
    const Bundle bundle{*id, wanted.merchant, 1, wanted.offer, wanted.listed, wanted.listed};
    insert_bundle_version(session, bundle, author);
    conclude(session, bundle);
    return Written<BundleId>{*id, true};
}

Result<int> MysqlBundleStore::write_version(Session& session, BundleId id, const BundleOffer& wanted,
                                            std::optional<int> current, const Author& author) {
    auto known = locked(session, id, author);
    if (!known) return known.error();
    auto& bundle = known->bundle;
    if (current && *current != bundle.version) {
        return Error{Failure::precondition, "version-stale", "somebody else changed this bundle meanwhile"};
    }
    if (wanted == bundle.offer) return bundle.version;
    if (auto fault = fault_of(session, wanted, id, known->merchant, author)) return *fault;
    bundle.offer = wanted;
    bundle.version += 1;
    if (!database::update_unique(session, "UPDATE bundle SET version = ?, name = ? WHERE bundle_id = ?",
                                 bundle.version, wanted.name, id)) {
        return bundle_exists();
    }
    insert_bundle_version(session, bundle, author);
    conclude(session, bundle);
    return bundle.version;
}

Result<Done> MysqlBundleStore::write_listed(Session& session, BundleId id, bool listed,
                                            const Author& author) {
    auto known = locked(session, id, author);
    if (!known) return known.error();
    auto& bundle = known->bundle;
    if (bundle.listed == listed) return Done{};
    bundle.listed = listed;
    session.execute("UPDATE bundle SET ever_listed = ever_listed OR ?, listed = ? WHERE bundle_id = ?",
                    listed, listed, id);
    conclude(session, bundle);
    return Done{};
}

void MysqlBundleStore::conclude(Session& session, const Bundle& bundle) {
    touch_bundle(session, bundle.id);
    announce_(session, bundle);
}

std::vector<Bundle> MysqlBundleStore::asked_for(Session& session, const BundleFilter& filter, BundleId after,
                                                std::size_t count) {
    const auto named = names_.asked_for(session, filter);
    const auto with_goods = bundles_with(session, filter.asked->products);
    std::vector<BundleId> wanted;
    std::ranges::set_union(named, with_goods, std::back_inserter(wanted));
    std::vector<Bundle> found;
    auto first = std::ranges::upper_bound(wanted, after);
    while (first != wanted.end() && found.size() < count) {
        const auto some = std::span{first, first + std::min(asked_at_once, wanted.end() - first)};
        std::ranges::move(read_bundles(session, filter, after, count - found.size(), some),
                          std::back_inserter(found));
        first += std::ssize(some);
    }
    return found;
}

BundleStore::Awaitable<Written<BundleId>> MysqlBundleStore::add(Valid<NewBundle> bundle, Author author) {
    return database::transact_telling(pool_, committed_,
                                      [this, bundle = std::move(bundle), author](Session& session) {
                                          return write(session, *bundle, author);
                                      });
}

BundleStore::Awaitable<int> MysqlBundleStore::change(BundleId id, Valid<BundleOffer> wanted,
                                                     std::optional<int> current, Author author) {
    return database::transact_telling(
        pool_, committed_, [this, id, wanted = std::move(wanted), current, author](Session& session) {
            return write_version(session, id, *wanted, current, author);
        });
}

BundleStore::Awaitable<Done> MysqlBundleStore::set_listed(BundleId id, bool listed, Author author) {
    return database::transact_telling(pool_, committed_, [this, id, listed, author](Session& session) {
        return write_listed(session, id, listed, author);
    });
}

BundleStore::Awaitable<ShownBundle> MysqlBundleStore::find(BundleId id) {
    return pool_.transact([id](Session& session) -> Result<ShownBundle> {
        auto bundle = read_bundle(session, id);
        if (!bundle) return bundle_unknown();
        std::vector<Bundle> one;
        one.push_back(std::move(*bundle));
        return std::move(with_skus(session, std::move(one)).front());
    });
}

BundleStore::Awaitable<std::vector<ShownBundle>> MysqlBundleStore::list(BundleFilter filter, BundleId after,
                                                                        std::size_t count) {
    return pool_.transact([this, filter, after, count](Session& session) -> Result<std::vector<ShownBundle>> {
        return with_skus(session, filter.asked ? asked_for(session, filter, after, count)
                                               : read_bundles(session, filter, after, count));
    });
}

}  // namespace shanhai::catalog
