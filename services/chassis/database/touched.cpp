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

thread_local TouchedTogether* together = nullptr;

/// Counts so many changes and returns the number of the last one.
std::uint64_t count_more(Session& session, std::size_t changes) {
    session.execute("UPDATE touch_count SET number = number + ? WHERE one = 1", changes);
    return touch_count(session);
}

void write_down(Session& session, const std::set<Thing>& things) {
    auto number = count_more(session, things.size()) - things.size();
    const bool thousand_full = number / touched_max != (number + things.size()) / touched_max;
    Insert insert{"INSERT INTO touch_note (number, kind, id) VALUES"};
    for (const auto& thing : things) insert.row(++number, thing.kind, thing.id);
    insert.run(session);
    if (thousand_full && number > notes_kept) {
        session.execute("DELETE FROM touch_note WHERE number <= ?", number - notes_kept);
    }
}

}  // namespace

void touch(Session& session, std::string_view kind, std::uint64_t id) {
    if (together == nullptr) {
        write_down(session, {{std::string{kind}, id}});
    } else {
        together->things_.insert({std::string{kind}, id});
    }
}

void touch_everything(Session& session) {
    if (together == nullptr) {
        count_more(session, 1);
    } else {
        together->everything_ = true;
    }
}

TouchedTogether::TouchedTogether() { together = this; }
TouchedTogether::~TouchedTogether() { together = nullptr; }

void TouchedTogether::write(Session& session) {
    together = nullptr;
    if (everything_) {
        count_more(session, 1);
    } else if (!things_.empty()) {
        write_down(session, things_);
    }
}

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
