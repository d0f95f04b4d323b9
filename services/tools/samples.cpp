#include "tools/samples.hpp"

#include "tools/api.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <charconv>
#include <fstream>
#include <sstream>

namespace shanhai::tools {
namespace {

std::vector<std::string> fields_of(const std::string& line) {
    std::vector<std::string> fields{""};
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const bool doubled = quoted && line[i] == '"' && i + 1 < line.size() && line[i + 1] == '"';
        if (doubled) {
            fields.back() += line[++i];
        } else if (line[i] == '"') {
            quoted = !quoted;
        } else if (line[i] == ',' && !quoted) {
            fields.emplace_back();
        } else if (line[i] != '\r') {
            fields.back() += line[i];
        }
    }
    return fields;
}

std::int64_t integer_of(const std::string& text, const std::string& where) {
    std::int64_t value = 0;
    const auto* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    if (read.ec == std::errc{} && read.ptr == end) return value;
    throw ToolError{where + ": \"" + text + "\" is no whole number"};
}

/// The last day "MM-DD" of any year that is not after `until`.
Date last_harvest(Date until, const std::string& harvest) {
    auto year = std::chrono::year_month_day{until}.year();
    for (;; --year) {
        const auto day = parse_date(std::to_string(static_cast<int>(year)) + "-" + harvest);
        if (!day) throw ToolError{"harvest: \"" + harvest + "\" is no day of the year"};
        if (*day <= until) return *day;
    }
}

/// Made so many days after a harvest: "+n" the last, "+n/1" the one a year earlier.
LotDays seasonal(Date today, const std::string& produced, const std::string& harvest) {
    const auto slash = std::min(produced.find('/'), produced.size());
    const std::chrono::days after{integer_of(produced.substr(1, slash - 1), "produced")};
    auto day = last_harvest(today - after, harvest);
    if (slash < produced.size()) {
        const auto seasons = integer_of(produced.substr(slash + 1), "produced");
        for (std::int64_t i = 0; i < seasons; ++i) day = last_harvest(day - std::chrono::days{1}, harvest);
    }
    return {day + after, day};
}

}  // namespace

const std::string& CsvRow::at(std::string_view column) const {
    const auto found = fields.find(column);
    if (found == fields.end()) throw ToolError{where + ": there is no column " + std::string{column}};
    return found->second;
}

std::int64_t CsvRow::integer(std::string_view column) const {
    return integer_of(at(column), where + ", " + std::string{column});
}

std::string Samples::read(const std::string& file) const {
    std::ifstream in{folder_ / file, std::ios::binary};
    if (!in) throw ToolError{"cannot read " + (folder_ / file).string()};
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

std::vector<CsvRow> Samples::csv(const std::string& file) const {
    std::istringstream in{read(file)};
    std::string line;
    if (!std::getline(in, line)) throw ToolError{file + " is empty"};
    const auto header = fields_of(line);
    std::vector<CsvRow> rows;
    for (int number = 2; std::getline(in, line); ++number) {
        if (line.empty()) continue;
        CsvRow row{file + " line " + std::to_string(number), {}};
        const auto fields = fields_of(line);
        if (fields.size() != header.size())
            throw ToolError{row.where + ": another number of fields than the header"};
        for (std::size_t i = 0; i < header.size(); ++i) row.fields.emplace(header[i], fields[i]);
        rows.push_back(std::move(row));
    }
    return rows;
}

boost::json::value Samples::json(const std::string& file) const {
    boost::system::error_code error;
    auto value = boost::json::parse(read(file), error);
    if (error) throw ToolError{file + ": " + error.message()};
    return value;
}

LotDays lot_days(Date today, const std::string& produced, const std::string& harvest) {
    if (produced.starts_with('+')) return seasonal(today, produced, harvest);
    LotDays days{today - std::chrono::days{integer_of(produced, "produced")}, std::nullopt};
    if (harvest.empty()) return days;
    if (harvest.find('-') == std::string::npos) {
        days.harvest = days.production - std::chrono::days{integer_of(harvest, "harvest")};
    } else {
        days.harvest = last_harvest(days.production, harvest);
    }
    return days;
}

}  // namespace shanhai::tools
