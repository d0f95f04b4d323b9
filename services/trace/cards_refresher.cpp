#include "trace/cards_refresher.hpp"

#include "trace/store/origin_facts.hpp"

#include <optional>

namespace shanhai::trace {

Result<Done> CardsRefresher::refresh() {
    const Date today = shanghai_date(pool_.clock().now());
    std::optional<database::Touched> changes;
    const auto read = [&](database::Session& session) -> Result<OriginFacts> {
        // What is sold changes with the day, of any product.
        changes = database::touched_after(session, today == shown_day_ ? known_touches_ : 0);
        return changes ? load_origin_facts(session, *changes) : OriginFacts{};
    };
    const auto facts = pool_.transact_blocking(read);
    if (!facts) return facts.error();
    if (!changes) return Done{};
    const auto cards = origin_cards(*facts, today);
    changes->since ? cards_.show_again(cards) : cards_.show(cards);
    known_touches_ = changes->count;
    shown_day_ = today;
    return Done{};
}

}  // namespace shanhai::trace
