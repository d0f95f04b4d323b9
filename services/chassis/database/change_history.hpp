#pragma once

#include "chassis/database/session.hpp"
#include "vocabulary/change.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace shanhai::database {

// The history of what staff can change: a row for each change, with what was so before. Only ever added to. A
// service that keeps one has the table `change_history`.

/// Whose history it is: a kind of thing ("merchant", "lot") and its number.
struct ChangeSubject {
    std::string_view kind;
    std::uint64_t id = 0;
};

/// The part of a thing that has no other one.
inline constexpr std::string_view details_changed = "details";

/// Belongs into the transaction that changes it.
void append_change(Session& session, ChangeSubject subject, std::string_view what, std::string_view was,
                   AccountId by);

/// At most `count` of those after the change `after`, oldest first.
std::vector<Change> read_changes(Session& session, ChangeSubject subject, std::uint64_t after,
                                 std::size_t count);

}  // namespace shanhai::database
