#include "certification/store/evidence_rows.hpp"

#include "chassis/database/stored_name.hpp"

namespace shanhai::certification {

using database::Rows;
using database::Session;

namespace {

void insert_evidence(Session& session, ApplicationId id, std::uint64_t step,
                     const std::vector<Evidence>& papers) {
    database::Insert insert{
        "INSERT INTO evidence (application_id, step, position, kind, file_id, number, issued_on, valid_until) "
        "VALUES"};
    std::size_t position = 0;
    for (const auto& paper : papers) {
        insert.row(id, step, position++, wire_name(paper.kind), paper.file, paper.number, paper.issued,
                   paper.until);
    }
    insert.run(session);
}

Evidence evidence_in(const Rows& rows) {
    return {.kind = database::stored_name<EvidenceKind>(rows.text(1)),
            .file = rows.id<files::FileId>(2),
            .number = rows.text(3),
            .issued = rows.optional_date(4),
            .until = rows.optional_date(5)};
}

}  // namespace

std::map<int, std::vector<Evidence>> evidence_of(Session& session, ApplicationId id) {
    std::map<int, std::vector<Evidence>> found;
    auto rows = session.query(
        "SELECT step, kind, file_id, number, issued_on, valid_until FROM evidence "
        "WHERE application_id = ? ORDER BY step, position",
        id);
    while (rows.next()) found[static_cast<int>(rows.integer(0))].push_back(evidence_in(rows));
    return found;
}

void replace_evidence(Session& session, ApplicationId id, const std::vector<Evidence>& papers) {
    session.execute("DELETE FROM evidence WHERE application_id = ? AND step = 0", id);
    insert_evidence(session, id, 0, papers);
}

void append_evidence(Session& session, ApplicationId id, const std::vector<Evidence>& papers) {
    auto rows = session.query("SELECT MAX(step) FROM application_step WHERE application_id = ?", id);
    rows.next();
    insert_evidence(session, id, rows.natural(0), papers);
}

std::vector<ApplicationId> applications_with(Session& session, files::FileId file) {
    std::vector<ApplicationId> found;
    auto rows = session.query(
        "SELECT DISTINCT application_id FROM evidence WHERE file_id = ? ORDER BY application_id", file);
    while (rows.next()) found.push_back(rows.id<ApplicationId>(0));
    return found;
}

}  // namespace shanhai::certification
