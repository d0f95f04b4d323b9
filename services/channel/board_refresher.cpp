#include "channel/board_refresher.hpp"

#include "channel/store/known_facts.hpp"
#include "channel/store/screens.hpp"

#include <stdexcept>

namespace shanhai::channel {

Result<Done> BoardRefresher::show_current(database::Session& session) {
    if (revision(session) == scans_.shown_revision()) return Done{};
    auto screens = load_screens(session);
    scans_.show(screens.revision, std::move(screens.all));
    return Done{};
}

Result<Done> BoardRefresher::refresh() {
    const auto read = [this](database::Session& session) { return show_current(session); };
    return pool_.transact_blocking(read);
}

boost::asio::awaitable<void> BoardRefresher::refresh_now() {
    auto read = [this](database::Session& session) { return show_current(session); };
    const auto shown = co_await pool_.transact(std::move(read));
    if (!shown) wake();
}

/// Thrown, it is logged, and the next tick tries again.
void BoardRefresher::refresh_or_throw() {
    if (const auto shown = refresh(); !shown) throw std::runtime_error{shown.error().message()};
}

}  // namespace shanhai::channel
