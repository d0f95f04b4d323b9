#include "chassis/database/touched.hpp"

#include <set>
#include <stdexcept>

namespace shanhai::database {
namespace {

/// Notes that no copy in memory is so far behind that it would read them.
constexpr std::uint64_t notes_kept = 10 * touched_max;

std::uint64_t touch_count(Session& session) {
    auto rows = session.query("SELECT number FROM touch_count WHERE one = 1");
    if (!rows.next()) throw std::runtime_error{"the table touch_count has lost its row"};
    return rows.natural(0);
}

std::uint64_t count_one_more(Session& session) {
    session.run("UPDATE touch_count SET number = number + 1 WHERE one = 1");
    return touch_count(session);
}

}  // namespace

void touch(Session& session, std::string_view kind, std::uint64_t id) {
    const auto number = count_one_more(session);
    session.execute("INSERT INTO touch_note (number, kind, id) VALUES (?, ?, ?)", number, kind, id);
    if (number % touched_max == 0 && number > notes_kept) {
        session.execute("DELETE FROM touch_note WHERE number <= ?", number - notes_kept);
    }
}

void touch_everything(Session& session) { count_one_more(session); }

std::set<std::uint64_t> Touched::ids(std::string_view kind) const {
    std::set<std::uint64_t> ids;
    for (const auto& change : since.value()) {
        if (change.kind == kind) ids.insert(change.id);
    }
    return ids;
}

std::optional<Touched> touched_after(Session& session, std::uint64_t known) {
    Touched changes{touch_count(session), std::nullopt};
    if (changes.count == known) return std::nullopt;
    if (known > changes.count || changes.count - known > touched_max) return changes;
    std::set<Thing> noted;
    auto rows = session.query("SELECT kind, id FROM touch_note WHERE number > ? AND number <= ?", known,
                              changes.count);
    std::uint64_t found = 0;
    for (; rows.next(); ++found) noted.insert({rows.text(0), rows.natural(1)});
    if (found == changes.count - known) changes.since.emplace(noted.begin(), noted.end());
    return changes;
}

}  // namespace shanhai::database
