#pragma once

#include "catalog/domain/catalog_store.hpp"
#include "catalog/domain/catalogue.hpp"
#include "chassis/published.hpp"
#include "vocabulary/clock.hpp"

#include <boost/asio/awaitable.hpp>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace shanhai::catalog {

/// A product ready to be sent.
struct ShownProduct {
    const Product* product = nullptr;  ///< In the same view's facts.
    std::shared_ptr<const std::string> body;
    std::string etag;
    std::string search_text;
    bool certified = false;
    Instant good_from = Instant::min();   ///< When it was rendered: a clock may step back behind it.
    Instant good_until = Instant::max();  ///< From then on `body` says something that is no longer so.

    bool good_at(Instant at) const { return at >= good_from && at < good_until; }
};

/// Everything that public reads are answered from; never changes once published.
struct View {
    std::shared_ptr<const Catalogue> facts = std::make_shared<const Catalogue>();
    std::map<ProductId, ShownProduct> products;
    std::vector<const ShownProduct*> order;  ///< Certified ones first (a published rule), then by id.
    std::map<MerchantId, std::vector<const ShownProduct*>> of_merchant;  ///< In the same order.
    std::map<CountyCode, std::int64_t> listed;  ///< How many products of a county are listed.
    Instant good_from = Instant::min();         ///< The latest of the products'.
    Instant good_until = Instant::max();        ///< The earliest of the products'.

    bool good_at(Instant at) const { return at >= good_from && at < good_until; }

    const ShownProduct* product(ProductId id) const;
    std::int64_t listed_of(const County& county) const;
};

/// "v7-0123456789abcdef": the text's version, and a hash of the whole body behind it.
std::string etag_of(int version, std::string_view body);
/// The version in such a tag; nothing when it is not one.
std::optional<int> version_of_etag(std::string_view etag);

/// Keeps the rendered catalogue in memory. Written after every write of this process, when a certification
/// begins or lapses, and when another process has written.
class Showcase {
public:
    explicit Showcase(const Clock& clock) : clock_{clock} {}

    /// Whose time all that is shown goes by.
    const Clock& clock() const { return clock_; }
    std::shared_ptr<const View> view() const { return view_.get(); }

    /// Shows a catalogue as it looks now, unless a newer one is shown already.
    void show(Catalogue catalogue);
    /// Renders the same facts again when the clock has made them look different.
    void tick();

    /// Loads what is stored now and shows it. A failure leaves the old view, and is logged.
    boost::asio::awaitable<void> refresh(CatalogStore& store);

private:
    void publish(std::shared_ptr<const Catalogue> facts, Instant at);

    const Clock& clock_;
    std::mutex mutex_;  // One writer at a time, so that an older catalogue never replaces a newer one.
    Published<View> view_;
};

}  // namespace shanhai::catalog
