#pragma once

#include "chassis/database/session.hpp"
#include "trace/domain/registry.hpp"

#include <string_view>
#include <vector>

namespace shanhai::trace {

// The history of what can be changed: a row for each change, with what was so before. Only ever added to.

void append_change(database::Session& session, BaseId base, std::string_view what, const std::string& was,
                   AccountId by);
void append_change(database::Session& session, LotId lot, std::string_view what, const std::string& was,
                   AccountId by);
/// Oldest first.
std::vector<Change> read_changes(database::Session& session, BaseId base);

}  // namespace shanhai::trace
