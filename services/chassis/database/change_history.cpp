#include "chassis/database/change_history.hpp"

namespace shanhai::database {

void append_change(Session& session, ChangeSubject subject, std::string_view what, std::string_view was,
                   AccountId by) {
    session.execute(
        "INSERT INTO change_history (subject, subject_id, what, was, at, by_account) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        subject.kind, subject.id, what, was, session.now(), by);
}

std::vector<Change> read_changes(Session& session, ChangeSubject subject, std::uint64_t after,
                                 std::size_t count) {
    auto rows = session.query(
        "SELECT change_id, what, was, at, by_account FROM change_history "
        "WHERE subject = ? AND subject_id = ? AND change_id > ? ORDER BY change_id LIMIT ?",
        subject.kind, subject.id, after, count);
    std::vector<Change> changes;
    while (rows.next()) {
        changes.push_back(
            {rows.natural(0), rows.text(1), rows.text(2), rows.instant(3), rows.id<AccountId>(4)});
    }
    return changes;
}

}  // namespace shanhai::database
