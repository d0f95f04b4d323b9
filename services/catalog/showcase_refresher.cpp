#include "catalog/showcase_refresher.hpp"

namespace shanhai::catalog {

Result<Done> ShowcaseRefresher::show_stored() {
    auto stored = store_.load_now();
    if (!stored) return stored.error();
    showcase_.show(std::move(*stored));
    return Done{};
}

Result<Done> ShowcaseRefresher::refresh() {
    const auto revision = store_.revision_now();
    if (!revision) return revision.error();
    if (*revision != showcase_.view()->facts->revision) {
        if (const auto shown = show_stored(); !shown) return shown;
    }
    showcase_.tick();
    return Done{};
}

}  // namespace shanhai::catalog
