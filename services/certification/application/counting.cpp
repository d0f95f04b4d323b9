#include "certification/application/counting.hpp"

#include "certification/application/case.hpp"
#include "certification/store/application_rows.hpp"
#include "certification/store/figure_rows.hpp"

namespace shanhai::certification {

using database::Session;

boost::asio::awaitable<Result<Figures>> Counting::figures(BatchId id, Author viewer, bool everything) const {
    return pool_.transact([=](Session& session) -> Result<Figures> {
        auto batch = find_batch(session, id);
        if (!batch) return unknown("batch");
        const auto reach = reach_of(session, viewer, everything);
        const auto cells = cells_of(session, id, reach);
        auto waits = ranked(waits_of(session, id, reach));
        for (auto& whole : ranked(whole_ways_of(session, id, reach))) waits.push_back(whole);
        return add_up(std::move(*batch), cells, std::move(waits));
    });
}

}  // namespace shanhai::certification
