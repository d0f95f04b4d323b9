#pragma once

#include "orders/application/books.hpp"
#include "orders/domain/deals.hpp"
#include "orders/domain/listing.hpp"
#include "vocabulary/reader.hpp"

#include <boost/asio/awaitable.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace shanhai::orders {

/// Who asks for a list of orders: the operator and the auditor for everybody's, a merchant's own people for
/// those of their own goods.
struct ListReader {
    OrganisationId organisation{};
    bool own_only = true;
};

/// Orders to look up, and the deals that prices are compared with. Reads only.
class Lookup {
public:
    template <class T>
    using Answer = boost::asio::awaitable<Result<T>>;

    explicit Lookup(const Books& books) : books_{books} {}

    /// At most `limit` orders behind `after`, newest first; to a merchant's people only their own lines of
    /// them, when the filter names a merchant of theirs; else fails with 403 `not-your-merchant`.
    Answer<std::vector<ListedOrder>> orders(ListReader reader, OrderFilter filter,
                                            std::optional<ListPosition> after, std::size_t limit);
    /// Deals of these SKUs since `first`.
    /// What is known of an SKU's past.
    struct Past {
        std::vector<DealDay> deals;  ///< From `first` on.
        std::vector<OfferedPrice> offered;
    };
    Answer<std::map<SkuId, Past>> past(std::vector<SkuId> skus, Date first);
    /// Those of these SKUs that the reader may know of, as these offers say; what is not offered at all stays
    /// among them.
    Answer<std::vector<SkuId>> shown_to(Reader reader, std::shared_ptr<const OfferBook> book,
                                        std::vector<SkuId> skus);
    /// What finds the orders of a telephone (phone_digits), without being one.
    std::string phone_hash(std::string_view phone) const { return books_.vault.phone_hash(phone); }
    /// The offers as orders are checked against.
    std::shared_ptr<const OfferBook> offers() const { return books_.offers.get(); }

private:
    const Books& books_;
};

}  // namespace shanhai::orders
