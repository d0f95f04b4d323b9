#include "certification/application/counting.hpp"

#include "certification/application/case.hpp"
#include "certification/store/application_rows.hpp"
#include "certification/store/figure_rows.hpp"

namespace shanhai::certification {

using database::Session;

namespace {

Figures figures_of(Session& session, const Round& round, const Reach& reach) {
    const auto cells = cells_of(session, round, reach);
    auto waits = ranked(waits_of(session, round, reach));
    for (auto& whole : ranked(whole_ways_of(session, round, reach))) waits.push_back(whole);
    return add_up(cells, std::move(waits));
}

}  // namespace

boost::asio::awaitable<Result<BatchFigures>> Counting::of_batch(BatchId id, Author viewer,
                                                                bool everything) const {
    return snapshots_.transact([=](Session& session) -> Result<BatchFigures> {
        auto batch = find_batch(session, id);
        if (!batch) return unknown("batch");
        const auto reach = reach_of(session, viewer, everything);
        return BatchFigures{std::move(*batch), figures_of(session, {.batch = id}, reach)};
    });
}

boost::asio::awaitable<Result<YearFigures>> Counting::of_year(int year, Author viewer,
                                                              bool everything) const {
    return snapshots_.transact([=](Session& session) -> Result<YearFigures> {
        const auto reach = reach_of(session, viewer, everything);
        return YearFigures{year, figures_of(session, {.year = year}, reach),
                           figures_of(session, {.year = year - 1}, reach)};
    });
}

}  // namespace shanhai::certification
