#include "catalog/showcase_refresher.hpp"

namespace shanhai::catalog {

Result<Done> ShowcaseRefresher::show_stored() {
    auto news = store_.news_now(showcase_.view()->revision);
    if (!news) return news.error();
    showcase_.follow(std::move(*news));
    return Done{};
}

Result<Done> ShowcaseRefresher::refresh() {
    if (const auto shown = show_stored(); !shown) return shown;
    showcase_.tick();
    return Done{};
}

}  // namespace shanhai::catalog
