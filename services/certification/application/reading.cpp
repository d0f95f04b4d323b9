#include "certification/application/reading.hpp"

#include "certification/application/case.hpp"
#include "certification/store/application_rows.hpp"
#include "certification/store/evidence_rows.hpp"
#include "certification/store/objection_rows.hpp"
#include "chassis/files/file_rows.hpp"

#include <algorithm>

namespace shanhai::certification {

using database::Session;

namespace {

bool concerns(Session& session, const files::File& file, const Author& viewer, bool everything) {
    const bool of_a_house = viewer.organisation != OrganisationId{} || viewer.operates;
    if (viewer.sells && of_a_house && file.owner == number(viewer.organisation)) return true;
    return std::ranges::any_of(submitted_with(session, file.id), [&](ApplicationId id) {
        return seen_by(session, id, viewer, everything).has_value();
    });
}

Result<Reading::Read> form_of(Session& session, files::File file, const std::string& form) {
    auto content = files::read_content(session, file.said.sha256, form);
    if (!content) return unknown("file");
    return Reading::Read{std::move(file), std::move(*content)};
}

Result<Reading::Read> read_in(Session& session, files::FileId id, const std::string& form,
                              const Author& viewer, bool everything) {
    auto file = files::find_file(session, id);
    const bool stored = file && file->state == files::FileState::stored;
    if (!stored || !concerns(session, *file, viewer, everything)) return unknown("file");
    return form_of(session, std::move(*file), form);
}

Result<Reading::Read> read_objection_in(Session& session, files::FileId id, const std::string& form,
                                        const Author& viewer, bool audits) {
    const auto application = objected_with(session, id);
    if (!application) return unknown("file");
    const auto shown = show_application(session, *application);
    if (!audits && !may_answer(session, *shown, viewer)) return unknown("file");
    return form_of(session, *files::find_file(session, id), form);
}

}  // namespace

boost::asio::awaitable<Result<Reading::Read>> Reading::read(files::FileId id, std::string form, Author viewer,
                                                            bool everything) const {
    return pool_.transact([id, form = std::move(form), viewer, everything](Session& session) {
        return read_in(session, id, form, viewer, everything);
    });
}

boost::asio::awaitable<Result<Reading::Read>> Reading::read_objection(files::FileId id, std::string form,
                                                                      Author viewer, bool audits) const {
    return pool_.transact([id, form = std::move(form), viewer, audits](Session& session) {
        return read_objection_in(session, id, form, viewer, audits);
    });
}

}  // namespace shanhai::certification
