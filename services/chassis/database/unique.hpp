#pragma once

#include "chassis/database/session.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace shanhai::database {

// Statements that a UNIQUE key may refuse, which tells that somebody has the name already. MariaDB undoes the
// statement alone then; the transaction goes on.

/// Runs an UPDATE; false when a UNIQUE key was taken.
template <class... Values>
bool update_unique(Session& session, std::string_view sql, const Values&... values) {
    try {
        session.execute(sql, values...);
    } catch (const SqlError& refused) {
        if (!refused.duplicate()) throw;
        return false;
    }
    return true;
}

/// Runs an INSERT and returns the id that it made; nothing when a UNIQUE key was taken.
template <class Id = std::uint64_t, class... Values>
std::optional<Id> insert_unique(Session& session, std::string_view sql, const Values&... values) {
    if (!update_unique(session, sql, values...)) return std::nullopt;
    return Id{session.last_insert_id()};
}

}  // namespace shanhai::database
