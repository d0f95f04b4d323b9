#include "messages/application/reminders.hpp"

#include "messages/domain/telling.hpp"
#include "messages/store/known_facts.hpp"
#include "messages/store/message_rows.hpp"

namespace shanhai::messages {
namespace {

using database::Session;

constexpr std::size_t at_once = 200;

/// The kinds of which one says as much as this one or more.
std::vector<std::string> as_near(const Ending& ending) {
    std::vector<std::string> kinds;
    for (const auto& other : endings) {
        if (other.ahead <= ending.ahead) kinds.emplace_back(wire_name(other.kind));
    }
    return kinds;
}

News news_of(const KnownCertification& one, Kind kind, Instant at) {
    News news;
    news.kind = kind;
    news.at = at;
    news.about.certification = one.id;
    news.about.product = one.product;
    news.about.scheme = one.scheme;
    news.about.year = one.year;
    news.due_on = one.valid_to - std::chrono::days{1};
    return news;
}

std::size_t remind_in(Session& session, const Ending& ending) {
    const auto at = session.now();
    const auto due =
        messages::ending(session, shanghai_date(at), ending.ahead, ending.after, as_near(ending), at_once);
    for (const auto& one : due) tell_seller(session, news_of(one, ending.kind, at));
    return due.size();
}

}  // namespace

Result<Done> Reminders::remind() {
    for (const auto& ending : endings) {
        for (;;) {  // A full piece may not have been the last.
            const auto told = pool_.transact_blocking(
                [&](Session& session) -> Result<std::size_t> { return remind_in(session, ending); });
            if (!told) return told.error();
            if (*told < at_once) break;
        }
    }
    return Done{};
}

Result<Done> Reminders::forget_old() {
    for (;;) {
        const auto gone = pool_.transact_blocking([](Session& session) -> Result<std::size_t> {
            const auto at = session.now();
            return forget(session, at - message_age_max, at - news_age_max, at_once);
        });
        if (!gone) return gone.error();
        if (*gone < at_once) return Done{};
    }
}

Result<Done> Reminders::run() {
    if (auto done = remind(); !done) return done;
    return forget_old();
}

}  // namespace shanhai::messages
