#pragma once

#include "vocabulary/time.hpp"

#include <boost/json/value.hpp>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace shanhai::tools {

/// One line of a CSV file, by the names of its header.
struct CsvRow {
    std::string where;  ///< "lots.csv line 7".
    std::map<std::string, std::string, std::less<>> fields;

    /// Throws ToolError for a column that the file does not have.
    const std::string& at(std::string_view column) const;
    /// Throws ToolError unless it is a whole number.
    std::int64_t integer(std::string_view column) const;
};

/// The folder of sample files (data/sample/README.md).
class Samples {
public:
    explicit Samples(std::filesystem::path folder) : folder_{std::move(folder)} {}

    /// Fields may be quoted; a line break within one is not. Throws ToolError when the file is missing or a
    /// line has another number of fields than the header.
    std::vector<CsvRow> csv(const std::string& file) const;
    boost::json::value json(const std::string& file) const;

private:
    std::string read(const std::string& file) const;

    std::filesystem::path folder_;
};

/// The days of a lot, as its columns `produced` and `harvest` say them.
struct LotDays {
    Date production;
    std::optional<Date> harvest;
};

/// `harvest` is empty (not harvested), a number of days before production, or the day of the year "MM-DD":
/// then the last such day that is not after production. `produced` is a number of days before `today`; or,
/// for what is made at once when it is ripe, "+n": n days after the last such harvest of which that day has
/// come, and "+n/1" after the one a year earlier. Throws ToolError on anything else.
LotDays lot_days(Date today, const std::string& produced, const std::string& harvest);

}  // namespace shanhai::tools
