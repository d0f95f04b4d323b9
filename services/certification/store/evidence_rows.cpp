#include "certification/store/evidence_rows.hpp"

#include "certification/store/household_columns.hpp"
#include "chassis/database/in_list.hpp"
#include "chassis/database/stored_name.hpp"
#include "chassis/database/unique.hpp"

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

std::vector<CertificationId> with_lapsed_papers(Session& session, Date today, CertificationId after,
                                                std::size_t count) {
    std::vector<CertificationId> found;
    auto rows = session.query(
        "SELECT DISTINCT c.certification_id FROM evidence e "
        "JOIN application a ON a.application_id = e.application_id "
        "JOIN certification c ON c.certification_id = a.certification_id AND c.state = 'CERTIFIED' "
        "WHERE e.valid_until <= ? AND e.step = (SELECT MAX(s.step) FROM application_step s "
        "WHERE s.application_id = a.application_id AND s.action = 'SUBMIT') AND NOT EXISTS (SELECT 1 FROM lapse l "
        "WHERE l.certification_id = c.certification_id AND l.kind = e.kind AND l.valid_until = e.valid_until) AND c.certification_id > ? "
        "ORDER BY c.certification_id LIMIT ?",
        today, after, count);
    while (rows.next()) found.push_back(rows.id<CertificationId>(0));
    return found;
}

std::optional<ApplicationId> application_behind(Session& session, CertificationId id) {
    auto rows = session.query("SELECT application_id FROM application WHERE certification_id = ?", id);
    if (!rows.next()) return std::nullopt;
    return rows.id<ApplicationId>(0);
}

bool insert_lapse(Session& session, CertificationId id, const Evidence& paper) {
    return database::update_unique(
        session, "INSERT INTO lapse (certification_id, kind, valid_until, at) VALUES (?, ?, ?, ?)", id,
        wire_name(paper.kind), paper.until, session.now());
}

std::map<ApplicationId, std::vector<SubmittedPaper>> submitted_papers(Session& session,
                                                                      const std::vector<ApplicationId>& ids) {
    std::map<ApplicationId, std::vector<SubmittedPaper>> papers;
    if (ids.empty()) return papers;
    auto rows = session.ask(
        "SELECT e.application_id, e.kind, e.file_id, e.number, e.issued_on, e.valid_until, f.sha256 "
        "FROM evidence e JOIN file f ON f.file_id = e.file_id WHERE e.step = (SELECT MAX(s.step) "
        "FROM application_step s WHERE s.application_id = e.application_id AND s.action = 'SUBMIT') "
        "AND e.application_id IN " +
        database::in_list(ids) + " ORDER BY e.application_id, e.position");
    while (rows.next()) papers[rows.id<ApplicationId>(0)].push_back({evidence_in(rows), rows.text(6)});
    return papers;
}

std::optional<Basis> basis_of(Session& session, CertificationId id) {
    auto rows = session.query(
        "SELECT a.application_id, s.statement, s.linkage, s.households, s.people FROM application a JOIN application_step s "
        "ON s.application_id = a.application_id AND s.step = (SELECT MAX(x.step) FROM application_step x "
        "WHERE x.application_id = a.application_id AND x.action = 'SUBMIT') WHERE a.certification_id = ?",
        id);
    if (!rows.next()) return std::nullopt;
    Basis basis{rows.id<ApplicationId>(0), rows.text(1), rows.text(2), {}, households_in(rows, 3)};
    basis.papers = submitted_papers(session, {basis.application})[basis.application];
    return basis;
}

std::vector<ApplicationId> submitted_with(Session& session, files::FileId file) {
    std::vector<ApplicationId> found;
    auto rows = session.query(
        "SELECT DISTINCT application_id FROM evidence WHERE file_id = ? AND step > 0 ORDER BY application_id",
        file);
    while (rows.next()) found.push_back(rows.id<ApplicationId>(0));
    return found;
}

}  // namespace shanhai::certification
