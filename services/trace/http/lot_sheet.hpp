#pragma once

#include "chassis/sheets/table.hpp"
#include "trace/domain/registry.hpp"

#include <boost/json/value.hpp>
#include <span>
#include <string>
#include <vector>

namespace shanhai::trace {

/// The body of addLot.
Result<LotRequest> lot_from(const boost::json::value& body);

/// The columns of a table of lots.
std::span<const sheets::Column> lot_columns_of_tables();

/// The lines that are without a fault by themselves; the others' faults go to `faults`.
std::vector<LotLine> lot_lines(const sheets::Table& table, LineFaults& faults);

void write_lot(std::string& out, const NamedLot& named);

}  // namespace shanhai::trace
