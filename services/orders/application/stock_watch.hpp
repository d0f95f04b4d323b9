#pragma once

#include "orders/application/books.hpp"
#include "orders/domain/listing.hpp"
#include "orders/domain/thresholds.hpp"

#include <boost/asio/awaitable.hpp>
#include <vector>

namespace shanhai::orders {

/// Who looks after stock: the operator (and, reading, the auditor) everybody's, a merchant's people their
/// own.
struct StockKeeper {
    std::uint64_t account = 0;
    OrganisationId organisation{};
    bool own_only = true;
};

/// 404, also for an SKU of which whoever asks may not know.
Error sku_unknown();

/// From when on stock is few or near its expiry, SKU by SKU.
class StockWatch {
public:
    template <class T>
    using Answer = boost::asio::awaitable<Result<T>>;

    explicit StockWatch(const Books& books) : books_{books} {}

    /// Of each of these SKUs that is offered, in their order. Fails with 403 `not-your-merchant` when one is
    /// not the keeper's.
    Answer<std::vector<KeptThresholds>> thresholds(StockKeeper keeper, std::vector<SkuId> skus);
    /// The last word counts. Fails with 404 `sku-unknown` and 403 `not-your-merchant`.
    Answer<KeptThresholds> set(StockKeeper keeper, SkuId sku, StockThresholds thresholds);

private:
    const Books& books_;
};

}  // namespace shanhai::orders
