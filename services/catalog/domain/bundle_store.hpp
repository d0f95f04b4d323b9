#pragma once

#include "catalog/domain/bundle.hpp"
#include "catalog/domain/merchant.hpp"
#include "catalog/domain/written.hpp"
#include "vocabulary/reader.hpp"
#include "vocabulary/valid.hpp"

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <vector>

namespace shanhai::catalog {

/// A bundle with what is known of the SKUs in it, as it is now.
struct ShownBundle {
    Bundle bundle;
    BundleSkus skus;
};

/// What words ask for: bundles whose name has all of them, also spelled in pinyin or initials, and those with
/// one of the products in them that the words find.
struct BundleWords {
    std::vector<std::u16string> words;  ///< Folded.
    std::vector<ProductId> products;
};

/// Which bundles a list asks for.
struct BundleFilter {
    std::optional<MerchantId> merchant;
    std::optional<ProductId> product;  ///< With an SKU of it.
    std::optional<BundleWords> asked;
    bool unlisted_too = false;
    Reader reader{};  ///< Without what this one may not know of.
};

/// Where bundles are kept. Every write publishes what it made true, in its own transaction. Writes fail with
/// 403 `not-your-merchant`, those of a bundle with 404 `bundle-unknown`.
class BundleStore {
public:
    template <class T>
    using Awaitable = boost::asio::awaitable<Result<T>>;

    virtual ~BundleStore() = default;

    /// The natural key is the name of a merchant's bundle: 409 `bundle-exists` when it says something else,
    /// 409 `too-many-bundles` beyond bundles_max.
    /// Fails with 409 `merchant-inactive`, and with 422 as BundleOffer::fault_of_parts.
    virtual Awaitable<Written<BundleId>> add(Valid<NewBundle> bundle, Author author) = 0;
    /// A new version, if `current` is the one it follows (nothing: whichever; 412 `version-stale`). The same
    /// again changes nothing. Fails with 409 `bundle-exists`, and with 422 as BundleOffer::fault_of_parts.
    virtual Awaitable<int> change(BundleId id, Valid<BundleOffer> wanted, std::optional<int> current,
                                  Author author) = 0;
    virtual Awaitable<Done> set_listed(BundleId id, bool listed, Author author) = 0;

    /// Fails with 404 `bundle-unknown`.
    virtual Awaitable<ShownBundle> find(BundleId id) = 0;
    /// At most `count` bundles with ids above `after`, in the order of ids.
    virtual Awaitable<std::vector<ShownBundle>> list(BundleFilter filter, BundleId after,
                                                     std::size_t count) = 0;
};

}  // namespace shanhai::catalog
