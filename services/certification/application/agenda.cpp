#include "certification/application/agenda.hpp"

#include "certification/application/case.hpp"
#include "certification/store/due_rows.hpp"
#include "certification/store/known_facts.hpp"

namespace shanhai::certification {

using database::Session;

namespace {

/// For the goods of its seat it speaks by its name only (is_office_of).
std::optional<CountyCode> county_of(Session& session, const Organisation& house) {
    if (!house.county) return std::nullopt;
    const auto county = find_county(session, *house.county);
    if (!county || !is_office_of(*county, house)) return std::nullopt;
    return house.county;
}

}  // namespace

boost::asio::awaitable<Result<Due>> Agenda::due(Author viewer) const {
    return snapshots_.transact([viewer](Session& session) -> Result<Due> {
        const auto house = find_organisation(session, viewer.organisation);
        if (viewer.sells || !viewer.certifies || !house || !house->office) return Due{};
        const auto reach = reach_of(session, viewer, false);
        const Competence competence{house->id, reach.schemes, county_of(session, *house)};
        Due due;
        due.counts = due_counts(session, competence);
        due.first = first_due(session, competence, Due::first_max);
        due.on_notice = on_notice(session, reach);
        due.proposals = proposals_waiting(session, viewer);
        return due;
    });
}

}  // namespace shanhai::certification
