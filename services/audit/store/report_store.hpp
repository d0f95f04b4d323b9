#pragma once

#include "audit/domain/report.hpp"
#include "chassis/database/pool.hpp"

#include <string>
#include <vector>

namespace shanhai::audit {

/// The rows of `scope` grouped by one dimension, largest net first.
std::vector<ReportRow> grouped(database::Session& session, const Scope& scope, Grouping by);

/// Every county of a month, largest net first, with orders, buyers and channels; of one channel, when the
/// scope names it.
MonthReport month_report(database::Session& session, const Scope& scope);

/// The ledger lines of one lot in a month, in ledger order, at most `limit` from `first_index` on.
std::vector<LedgerLine> lines(database::Session& session, const Scope& scope, std::uint64_t first_index,
                              std::size_t limit);

/// The months that have entries, newest first.
std::vector<std::string> months(database::Session& session);

/// The name of what a key of that grouping stands for, or an empty text.
std::string name_of(database::Session& session, Grouping by, const std::string& key);

}  // namespace shanhai::audit
