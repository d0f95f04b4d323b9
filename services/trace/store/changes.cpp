#include "trace/store/changes.hpp"

namespace shanhai::trace {
namespace {

void append(database::Session& session, std::string_view subject, std::uint64_t id, std::string_view what,
            const std::string& was, AccountId by) {
    session.execute(
        "INSERT INTO change_history (subject, subject_id, what, was, at, by_account) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        subject, id, what, was, session.now(), by);
}

std::vector<Change> read(database::Session& session, std::string_view subject, std::uint64_t id,
                         std::uint64_t after, std::size_t count) {
    auto rows = session.query(
        "SELECT change_id, what, was, at, by_account FROM change_history WHERE subject = ? AND subject_id = "
        "? "
        "AND change_id > ? ORDER BY change_id LIMIT ?",
        subject, id, after, count);
    std::vector<Change> changes;
    while (rows.next()) {
        changes.push_back(
            {rows.natural(0), rows.text(1), rows.text(2), rows.instant(3), rows.id<AccountId>(4)});
    }
    return changes;
}

}  // namespace

void append_change(database::Session& session, BaseId base, std::string_view what, const std::string& was,
                   AccountId by) {
    append(session, "base", number(base), what, was, by);
}

void append_change(database::Session& session, LotId lot, std::string_view what, const std::string& was,
                   AccountId by) {
    append(session, "lot", number(lot), what, was, by);
}

std::vector<Change> read_changes(database::Session& session, BaseId base, std::uint64_t after,
                                 std::size_t count) {
    return read(session, "base", number(base), after, count);
}

std::vector<Change> read_changes(database::Session& session, LotId lot, std::uint64_t after,
                                 std::size_t count) {
    return read(session, "lot", number(lot), after, count);
}

}  // namespace shanhai::trace
