#pragma once

#include "catalog/domain/catalogue.hpp"
#include "catalog/domain/search/index.hpp"
#include "catalog/domain/search/known_names.hpp"
#include "vocabulary/shared_map.hpp"
#include "vocabulary/shared_order.hpp"
#include "vocabulary/time.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace shanhai::catalog {

/// A product ready to be sent.
struct ShownProduct {
    std::shared_ptr<const Product> product;
    std::shared_ptr<const std::string> body;
    std::string etag;
    bool certified = false;
    Instant good_from = Instant::min();   ///< When it was rendered: a clock may step back behind it.
    Instant good_until = Instant::max();  ///< From then on `body` says something that is no longer so.

    bool good_at(Instant at) const { return at >= good_from && at < good_until; }
};
using Shown = std::shared_ptr<const ShownProduct>;

/// Certified ones first (a published rule), then by id.
struct ShownBefore {
    bool operator()(const Shown& left, const Shown& right) const {
        if (left->certified != right->certified) return left->certified;
        return left->product->id < right->product->id;
    }
};
using ShownOrder = SharedOrder<Shown, ShownBefore>;

/// Everything that public reads are answered from; never changes once published. Views share what is the same
/// in them, so that the next one costs what changed, not what there is.
class View {
public:
    /// What a copy of this one becomes by these news, shown as it looks at that moment. Of a whole catalogue
    /// what has not changed stays as it was rendered.
    View followed_by(CatalogueNews news, Instant at) const;

    std::uint64_t revision = 0;
    std::shared_ptr<const Registry> facts = std::make_shared<const Registry>();
    ShownOrder order;
    search::Index index;  ///< Of the same products.
    std::shared_ptr<const search::KnownNames> names = std::make_shared<const search::KnownNames>();
    Instant good_from = Instant::min();   ///< Before it, some product may look different.
    Instant good_until = Instant::max();  ///< From then on, too.

    bool good_at(Instant at) const { return at >= good_from && at < good_until; }

    const ShownProduct* product(ProductId id) const;
    /// A merchant's goods in the list's order.
    const ShownOrder& of_merchant(MerchantId id) const;
    /// How many products of a county are listed.
    std::int64_t listed_of(const County& county) const;

private:
    void take_registry(CatalogueNews& news);
    /// Those whose county or merchant is not as it was.
    std::vector<Shown> with_other_surroundings(const View& before, const CatalogueNews& news) const;
    /// Renders it, unless it is shown already just as it would look.
    void show(std::shared_ptr<const Product> product, const Registry& before, Instant at);
    void put(Shown shown);
    void remove(ProductId id);
    void count(const ShownProduct& shown, std::int64_t change);
    /// Renders what no longer looks as it should, and says anew how long all of it is good.
    void freshen(Instant at);
    /// Those of these products that a search has to see anew.
    search::Changes changes_since(const View& before, const std::set<ProductId>& touched) const;

    SharedMap<Shown> products_;
    SharedMap<ShownOrder> of_merchant_;
    std::map<CountyCode, std::int64_t> listed_;  // None of them is 0.
};

/// "v7-0123456789abcdef": the text's version, and a hash of the whole body behind it.
std::string etag_of(int version, std::string_view body);

}  // namespace shanhai::catalog
