#pragma once

#include "catalog/domain/bundle_store.hpp"
#include "catalog/store/bundle_names.hpp"
#include "chassis/database/telling.hpp"

#include <functional>
#include <utility>

namespace shanhai::catalog {

/// Publishes a bundle inside the transaction that made it so (events/bundle_facts.hpp).
using AnnounceBundle = std::function<void(database::Session&, const Bundle&)>;

/// Bundles in MariaDB. A write locks its bundle's row first, so that facts of one bundle are published in the
/// order in which they became true, and publishes last of all.
class MysqlBundleStore final : public BundleStore {
public:
    /// `committed` is called after every transaction that published (it wakes the relay).
    MysqlBundleStore(database::Pool& pool, AnnounceBundle announce, std::function<void()> committed)
        : pool_{pool}, announce_{std::move(announce)}, committed_{std::move(committed)} {}

    Awaitable<Written<BundleId>> add(Valid<NewBundle> bundle, Author author) override;
    Awaitable<int> change(BundleId id, Valid<BundleOffer> wanted, std::optional<int> current,
                          Author author) override;
    Awaitable<Done> set_listed(BundleId id, bool listed, Author author) override;
    Awaitable<ShownBundle> find(BundleId id) override;
    Awaitable<std::vector<ShownBundle>> list(BundleFilter filter, BundleId after, std::size_t count) override;

private:
    using Session = database::Session;

    Result<Written<BundleId>> write(Session& session, const NewBundle& bundle, const Author& author);
    Result<int> write_version(Session& session, BundleId id, const BundleOffer& wanted,
                              std::optional<int> current, const Author& author);
    Result<Done> write_listed(Session& session, BundleId id, bool listed, const Author& author);
    void conclude(Session& session, const Bundle& bundle);
    std::vector<Bundle> asked_for(Session& session, const BundleFilter& filter, BundleId after,
                                  std::size_t count);

    database::Pool& pool_;
    BundleNames names_;
    AnnounceBundle announce_;
    std::function<void()> committed_;
};

}  // namespace shanhai::catalog
