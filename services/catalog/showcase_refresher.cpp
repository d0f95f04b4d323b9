#include "catalog/showcase_refresher.hpp"

#include <stdexcept>

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

/// Thrown, it is logged, and the next tick tries again.
void ShowcaseRefresher::refresh_or_throw() {
    if (const auto done = refresh(); !done) throw std::runtime_error{"catalog: " + done.error().message()};
}

}  // namespace shanhai::catalog
