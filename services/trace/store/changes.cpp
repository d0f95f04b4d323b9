#include "trace/store/changes.hpp"

namespace shanhai::trace {
namespace {

void append(database::Session& session, std::string_view subject, std::uint64_t id, std::string_view what,
            const std::string& was, AccountId by) {
    session.execute(
        "INSERT INTO change_history (subject, subject_id, what, was, at, by_account) "
        "VALUES (?, ?, ?, ?, UTC_TIMESTAMP(6), ?)",
        subject, id, what, was, by);
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

std::vector<Change> read_changes(database::Session& session, BaseId base) {
    auto rows = session.query(
        "SELECT what, was, at, by_account FROM change_history WHERE subject = 'base' AND subject_id = ? "
        "ORDER BY change_id",
        base);
    std::vector<Change> changes;
    while (rows.next()) {
        changes.push_back({rows.text(0), rows.text(1), rows.instant(2), rows.id<AccountId>(3)});
    }
    return changes;
}

}  // namespace shanhai::trace
