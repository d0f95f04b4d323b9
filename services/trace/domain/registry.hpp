#pragma once

#include "trace/domain/base.hpp"
#include "trace/domain/lot.hpp"
#include "vocabulary/change.hpp"
#include "vocabulary/line_faults.hpp"
#include "vocabulary/reader.hpp"

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace shanhai::trace {

/// What a registration answers: a repeated one finds what the first one made.
template <class T>
struct Registered {
    T value;
    bool repeated = false;
};

/// What a list of lots is narrowed to; each may be absent.
struct LotFilter {
    Reader reader{};  ///< Without what this one may not know of.
    std::optional<SkuId> sku;
    std::optional<ProductId> product;
    std::optional<MerchantId> merchant;
};

/// One line of a table of lots.
struct LotLine {
    std::size_t line = 0;
    LotRequest request;
};

/// A table of lots on its way in: the lines that are well by themselves, and what is known of the others.
struct LotTable {
    std::vector<LotLine> lines;
    ImportReport report;
    ImportTerms terms;
};

/// A lot as it goes into a table, with the name of its goods.
struct NamedLot {
    Lot lot;
    std::string product_name;
};

/// Where bases and lots are kept. The domain owns this interface; store/ and the tests implement it.
class Registry {
public:
    virtual ~Registry() = default;

    /// Registers a base. The same base under the same name again is harmless; another base under a name its
    /// merchant uses fails with 409 `base-exists`. 422 when the county or merchant is unknown, 403
    /// `not-your-merchant`.
    virtual boost::asio::awaitable<Result<Registered<Base>>> add_base(BaseDetails details, Writer writer) = 0;
    /// As the reader may know it: exactly where it lies only whoever oversees and its own house.
    virtual boost::asio::awaitable<Result<Base>> base(BaseId id, Reader reader) = 0;
    /// Corrects a base if `current` is its version (412 `version-stale`). Its merchant stays, and its county
    /// once there are lots of it; what is registered must still have grown there (409 `yield-exceeded`). A
    /// second person has to confirm it again.
    virtual boost::asio::awaitable<Result<Base>> change_base(BaseId id, BaseDetails details, int current,
                                                             Writer writer) = 0;
    /// Confirms a base as a second person if `current` is its version (412 `version-stale`). 403
    /// `second-person-needed`; again, it changes nothing.
    virtual boost::asio::awaitable<Result<Base>> confirm_base(BaseId id, int current, Writer writer) = 0;
    /// Bases with ids above `after`, in the order of their ids, each as the reader may know it.
    virtual boost::asio::awaitable<Result<std::vector<Base>>> bases(Reader reader,
                                                                    std::optional<MerchantId> merchant,
                                                                    BaseId after, std::size_t count) = 0;

    /// Registers a lot, published as LotRegistered, under the rules of draft_lot and check_yield, of a base
    /// that a second person has confirmed (409 `base-unconfirmed`). The same lot again is harmless; another
    /// one under a code its merchant used fails with 409 `lot-code-taken`.
    virtual boost::asio::awaitable<Result<Registered<Lot>>> add_lot(LotRequest request, Writer writer) = 0;
    /// Registers all lots of a table as add_lot would one after the other, in one transaction, or with one
    /// fault none. A code that comes twice in it is a fault (`line-repeated`); the same table again adds
    /// nothing.
    virtual boost::asio::awaitable<Result<ImportReport>> add_lots(LotTable table, Writer writer) = 0;
    /// Lots with ids above `after` of all merchants that the reader may act for, or of one of them (403
    /// `not-your-merchant`).
    virtual boost::asio::awaitable<Result<std::vector<NamedLot>>> lots_for(Writer reader,
                                                                           std::optional<MerchantId> merchant,
                                                                           LotId after,
                                                                           std::size_t count) = 0;
    /// 404 `lot-unknown` also when it is of goods of which the reader may not know.
    virtual boost::asio::awaitable<Result<Lot>> lot(LotId id, Reader reader) = 0;
    virtual boost::asio::awaitable<Result<std::vector<Lot>>> lots(LotFilter filter, LotId after,
                                                                  std::size_t count) = 0;
    /// Corrects the numbers of a lot's papers if they are as `seen` (412 `version-stale`).
    virtual boost::asio::awaitable<Result<Lot>> set_papers(LotId id, LotPapers seen, LotPapers papers,
                                                           Writer writer) = 0;
    /// Takes a lot off sale for good, published as LotRegistered. A blocked lot keeps its first reason.
    virtual boost::asio::awaitable<Result<Lot>> block(LotId id, std::string reason, Writer writer) = 0;
    /// What was changed of a base or a lot, after the change `after`, oldest first. 403 `not-your-merchant`
    /// for whoever may not act for its merchant.
    virtual boost::asio::awaitable<Result<std::vector<Change>>> changes(BaseId id, Writer reader,
                                                                        std::uint64_t after,
                                                                        std::size_t count) = 0;
    virtual boost::asio::awaitable<Result<std::vector<Change>>> changes(LotId id, Writer reader,
                                                                        std::uint64_t after,
                                                                        std::size_t count) = 0;
};

}  // namespace shanhai::trace
