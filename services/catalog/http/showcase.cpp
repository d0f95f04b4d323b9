#include "catalog/http/showcase.hpp"

#include "chassis/observe/log.hpp"

#include <charconv>

namespace shanhai::catalog {

std::optional<int> version_of_etag(std::string_view etag) {
    if (!etag.starts_with("\"v") || !etag.ends_with('"')) return std::nullopt;
    etag.remove_prefix(2);
    int version = 0;
    const auto [end, failure] = std::from_chars(etag.data(), etag.data() + etag.size(), version);
    if (failure != std::errc{} || *end != '-') return std::nullopt;
    return version;
}

void Showcase::follow(CatalogueNews news) {
    const std::lock_guard lock{mutex_};
    const auto before = view_.get();
    // What was noted of one revision and read late may be newer than that, and is then noted, and read,
    // again.
    if (news.read.revision < before->revision && !news.went_back()) return;
    if (news.read.revision == before->revision && !news.whole) return;
    view_.set(before->followed_by(std::move(news), clock_.now()));
}

void Showcase::tick() {
    const std::lock_guard lock{mutex_};
    const auto at = clock_.now();
    const auto before = view_.get();
    if (before->good_at(at)) return;
    CatalogueNews none;
    none.read.revision = before->revision;
    view_.set(before->followed_by(std::move(none), at));
}

boost::asio::awaitable<void> Showcase::refresh(CatalogStore& store) {
    auto news = co_await store.news(view()->revision);
    if (news) {
        follow(std::move(*news));
    } else {
        observe::log_warning("catalogue-not-refreshed", news.error().message());
    }
}

}  // namespace shanhai::catalog
