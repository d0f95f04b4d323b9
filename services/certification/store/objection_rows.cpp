#include "certification/store/objection_rows.hpp"

#include "chassis/database/in_list.hpp"
#include "chassis/files/file_rows.hpp"
#include "chassis/security/crypto.hpp"

#include <algorithm>

namespace shanhai::certification {

using database::Rows;
using database::Session;

namespace {

const std::string select_objection =
    "SELECT o.objection_id, o.application_id, o.text, o.at, o.answer, o.answered_at, "
    "(SELECT COUNT(*) FROM objection_paper p WHERE p.objection_id = o.objection_id) FROM objection o ";

Objection objection_of(const Rows& rows) {
    return {.id = rows.id<ObjectionId>(0),
            .application = rows.id<ApplicationId>(1),
            .text = rows.text(2),
            .at = rows.instant(3),
            .answer = rows.optional_text(4),
            .answered = rows.optional_instant(5),
            .paper_count = rows.integer(6),
            .papers = {}};
}

std::vector<Objection> all_of(Rows rows) {
    std::vector<Objection> found;
    while (rows.next()) found.push_back(objection_of(rows));
    return found;
}

}  // namespace

ObjectionId insert_objection(Session& session, ApplicationId application, const NewObjection& objection,
                             const std::vector<files::FileId>& papers) {
    session.execute("INSERT INTO objection (application_id, text, at, holder) VALUES (?, ?, ?, ?)",
                    application, objection.text, session.now(), files::held_by(objection.holder));
    const auto id = ObjectionId{session.last_insert_id()};
    for (std::size_t i = 0; i < papers.size(); ++i) {
        session.execute("INSERT INTO objection_paper (objection_id, position, file_id) VALUES (?, ?, ?)", id,
                        i, papers[i]);
    }
    return id;
}

std::optional<Objection> find_repeated(Session& session, ApplicationId application,
                                       const NewObjection& objection) {
    std::string named;
    for (const auto& sha256 : objection.papers) named += security::hex(sha256);
    auto rows = session.query(
        select_objection +
            "WHERE o.application_id = ? AND o.holder = ? AND o.text = ? AND ? = COALESCE((SELECT "
            "GROUP_CONCAT(LOWER(HEX(f.sha256)) ORDER BY p.position SEPARATOR '') FROM objection_paper p "
            "JOIN file f ON f.file_id = p.file_id WHERE p.objection_id = o.objection_id), '') LIMIT 1",
        application, files::held_by(objection.holder), objection.text, named);
    if (!rows.next()) return std::nullopt;
    return objection_of(rows);
}

std::int64_t paper_bytes(Session& session, ApplicationId application) {
    auto rows = session.query(
        "SELECT COALESCE(SUM(f.kept_bytes), 0) FROM objection o JOIN objection_paper p "
        "ON p.objection_id = o.objection_id JOIN file f ON f.file_id = p.file_id WHERE o.application_id = ?",
        application);
    rows.next();
    return rows.integer(0);
}

std::optional<Objection> lock_objection(Session& session, ObjectionId id) {
    auto rows = session.query(select_objection + "WHERE o.objection_id = ? FOR UPDATE", id);
    if (!rows.next()) return std::nullopt;
    return objection_of(rows);
}

void answer_objection(Session& session, ObjectionId id, const std::string& answer, AccountId by) {
    session.execute(
        "UPDATE objection SET answer = ?, answered_at = ?, answered_by = ? WHERE objection_id = ?", answer,
        session.now(), by, id);
}

std::int64_t open_objections(Session& session, ApplicationId application) {
    auto rows = session.query("SELECT COUNT(*) FROM objection WHERE application_id = ? AND answer IS NULL",
                              application);
    rows.next();
    return rows.integer(0);
}

std::vector<Objection> objections_to(Session& session, ApplicationId application) {
    return all_of(
        session.query(select_objection + "WHERE o.application_id = ? ORDER BY o.objection_id", application));
}

std::vector<Objection> answered_objections(Session& session, ApplicationId application, ObjectionId after,
                                           std::size_t count) {
    return all_of(session.query(select_objection + "WHERE o.application_id = ? AND o.answer IS NOT NULL "
                                                   "AND o.objection_id > ? ORDER BY o.objection_id LIMIT ?",
                                application, after, count));
}

void read_papers(Session& session, std::vector<Objection>& objections) {
    std::vector<files::FileId> ids;
    std::vector<ObjectionId> of;
    for (const auto& one : objections) {
        if (one.paper_count > 0) of.push_back(one.id);
    }
    if (of.empty()) return;
    std::vector<std::pair<ObjectionId, files::FileId>> papers;
    auto rows = session.ask("SELECT objection_id, file_id FROM objection_paper WHERE objection_id IN " +
                            database::in_list(of) + " ORDER BY objection_id, position");
    while (rows.next()) {
        papers.emplace_back(rows.id<ObjectionId>(0), rows.id<files::FileId>(1));
        ids.push_back(papers.back().second);
    }
    const auto stored = files::stored_files(session, ids);
    for (const auto& [objection, file] : papers) {
        const auto its = std::ranges::find(objections, objection, &Objection::id);
        const auto found = std::ranges::find(stored, file, &files::File::id);
        if (found != stored.end()) its->papers.push_back(*found);
    }
}

std::optional<ApplicationId> objected_with(Session& session, files::FileId file) {
    auto rows = session.query(
        "SELECT o.application_id FROM objection_paper p JOIN objection o ON o.objection_id = p.objection_id "
        "WHERE p.file_id = ?",
        file);
    if (!rows.next()) return std::nullopt;
    return rows.id<ApplicationId>(0);
}

}  // namespace shanhai::certification
