#pragma once

#include "audit/domain/report.hpp"

#include <boost/json/object.hpp>
#include <string>
#include <vector>

namespace shanhai::audit {

/// The measures as members: net_fen, gross_fen, refund_fen, uncounted_fen, weight_g, quantity, lines,
/// uncounted_lines.
boost::json::object figures_to_json(const Figures& figures);

/// A report's rows and their total. `key` names the member that holds a row's key; ids become numbers.
boost::json::object rows_to_json(const std::vector<ReportRow>& rows, const std::string& key);
boost::json::object report_to_json(const MonthReport& report);

/// The first `most` lines as a page; `next` is the index of the one that follows.
boost::json::object page_to_json(const std::vector<LedgerLine>& lines, std::size_t most);

}  // namespace shanhai::audit
