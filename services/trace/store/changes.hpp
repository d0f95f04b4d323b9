#pragma once

#include "chassis/database/session.hpp"
#include "trace/domain/registry.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace shanhai::trace {

// The history of what can be changed: a row for each change, with what was so before. Only ever added to.

void append_change(database::Session& session, BaseId base, std::string_view what, const std::string& was,
                   AccountId by);
void append_change(database::Session& session, LotId lot, std::string_view what, const std::string& was,
                   AccountId by);
/// At most `count` of those after the change `after`, oldest first.
std::vector<Change> read_changes(database::Session& session, BaseId base, std::uint64_t after,
                                 std::size_t count);
std::vector<Change> read_changes(database::Session& session, LotId lot, std::uint64_t after,
                                 std::size_t count);

}  // namespace shanhai::trace
