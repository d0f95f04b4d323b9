#include "certification/application/reading.hpp"

#include "certification/application/case.hpp"
#include "certification/store/evidence_rows.hpp"
#include "chassis/files/file_rows.hpp"

#include <algorithm>

namespace shanhai::certification {

using database::Session;

namespace {

bool concerns(Session& session, const files::File& file, const Author& viewer, bool everything) {
    const bool of_a_house = viewer.organisation != OrganisationId{} || viewer.operates;
    if (viewer.sells && of_a_house && file.owner == number(viewer.organisation)) return true;
    return std::ranges::any_of(applications_with(session, file.id), [&](ApplicationId id) {
        return seen_by(session, id, viewer, everything).has_value();
    });
}

Result<Reading::Read> read_in(Session& session, files::FileId id, const std::string& form,
                              const Author& viewer, bool everything) {
    auto file = files::find_file(session, id);
    const bool stored = file && file->state == files::FileState::stored;
    if (!stored || !concerns(session, *file, viewer, everything)) return unknown("file");
    auto content = files::read_content(session, file->said.sha256, form);
    if (!content) return unknown("file");
    return Reading::Read{std::move(*file), std::move(*content)};
}

}  // namespace

boost::asio::awaitable<Result<Reading::Read>> Reading::read(files::FileId id, std::string form, Author viewer,
                                                            bool everything) const {
    return pool_.transact([id, form = std::move(form), viewer, everything](Session& session) {
        return read_in(session, id, form, viewer, everything);
    });
}

}  // namespace shanhai::certification
