#pragma once

#include "chassis/database/session.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace shanhai::database {

// What of a service's tables has changed since its copies in memory were made: tables `touch_count` (one
// row) and `touch_note`. Whoever changes such a table notes it in the same transaction, last, since from
// then on other writers wait: so changes are committed in the order of their numbers, and who has seen one
// has seen all before it.

/// A thing that changed, in the words of its service: ("lot", 17).
struct Thing {
    std::string kind;
    std::uint64_t id = 0;

    friend auto operator<=>(const Thing&, const Thing&) = default;
};

/// Of more than so many changes at once the whole is read anew, which is as quick then.
inline constexpr std::size_t touched_max = 1000;

void touch(Session& session, std::string_view kind, std::uint64_t id);
template <class Id>
requires std::is_enum_v<Id>
void touch(Session& session, std::string_view kind, Id id) {
    touch(session, kind, static_cast<std::uint64_t>(id));
}
/// Nobody can tell what: every copy in memory is read anew.
void touch_everything(Session& session);

/// While it lives, what its thread touches is collected, to be written together at the end of a transaction
/// of many changes: nobody waits for the count meanwhile.
class TouchedTogether {
public:
    TouchedTogether();
    ~TouchedTogether();
    TouchedTogether(const TouchedTogether&) = delete;
    TouchedTogether& operator=(const TouchedTogether&) = delete;

    void write(Session& session);

private:
    friend void touch(Session& session, std::string_view kind, std::uint64_t id);
    friend void touch_everything(Session& session);

    std::set<Thing> things_;
    bool everything_ = false;
};

/// What a copy does not know yet that was made after the first `known` changes.
struct Touched {
    std::uint64_t count = 0;  ///< How many there were in all; never 0.
    /// Each once; nothing when they are more than touched_max, or not written down (any more).
    std::optional<std::vector<Thing>> since;

    std::set<std::uint64_t> ids(std::string_view kind) const;
};
/// Nothing when there is nothing new. To be read before the tables: what is committed meanwhile is at worst
/// read early, and read again the next time.
std::optional<Touched> touched_after(Session& session, std::uint64_t known);

}  // namespace shanhai::database
