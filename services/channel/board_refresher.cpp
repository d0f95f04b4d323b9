#include "channel/board_refresher.hpp"

#include "channel/store/screens.hpp"

namespace shanhai::channel {

Result<Done> BoardRefresher::show_current(database::Session& session) {
    const auto changes = database::touched_after(session, scans_.shown_revision());
    if (!changes) return Done{};
    auto screens = load_screens(session, *changes);
    if (changes->since) {
        scans_.show_again(changes->count, std::move(screens));
    } else {
        scans_.show(changes->count, std::move(screens));
    }
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

}  // namespace shanhai::channel
