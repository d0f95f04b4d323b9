#pragma once

#include "catalog/domain/catalog_store.hpp"
#include "catalog/domain/catalogue.hpp"
#include "catalog/http/view.hpp"
#include "chassis/published.hpp"
#include "vocabulary/clock.hpp"

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace shanhai::catalog {

/// The version in a tag of etag_of; nothing when it is not one.
std::optional<int> version_of_etag(std::string_view etag);

/// Keeps the rendered catalogue in memory. Written after every write of this process, when a certification
/// begins or lapses, and when another process has written.
class Showcase {
public:
    explicit Showcase(const Clock& clock) : clock_{clock} {}

    /// Whose time all that is shown goes by.
    const Clock& clock() const { return clock_; }
    std::shared_ptr<const View> view() const { return view_.get(); }

    /// Shows what these news make of what is shown, as it looks now, unless something newer is shown already.
    void follow(CatalogueNews news);
    /// Renders again what the clock has made look different.
    void tick();

    /// Follows what is stored now. A failure leaves the old view, and is logged.
    boost::asio::awaitable<void> refresh(CatalogStore& store);

private:
    const Clock& clock_;
    std::mutex mutex_;  // One writer at a time, so that an older view never replaces a newer one.
    Published<View> view_;
};

}  // namespace shanhai::catalog
