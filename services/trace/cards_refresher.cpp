#include "trace/cards_refresher.hpp"

#include "trace/store/known_facts.hpp"
#include "trace/store/origin_facts.hpp"

#include <optional>

namespace shanhai::trace {

Result<Done> CardsRefresher::refresh() {
    const Date today = shanghai_date(pool_.clock().now());
    const auto read = [this, today](database::Session& session) -> Result<std::optional<OriginFacts>> {
        const bool current = revision(session) == shown_revision_ && today == shown_day_;
        if (current) return std::optional<OriginFacts>{};
        return std::optional{load_origin_facts(session)};
    };
    const auto facts = pool_.transact_blocking(read);
    if (!facts) return facts.error();
    if (!*facts) return Done{};
    cards_.show(origin_cards(**facts, today));
    shown_revision_ = (*facts)->revision;
    shown_day_ = today;
    return Done{};
}

}  // namespace shanhai::trace
