#include "tools/samples.hpp"

#include "tools/api.hpp"

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

LotDays lot_days(Date today, std::int64_t produced_days_ago, const std::string& harvest) {
    LotDays days{today - std::chrono::days{produced_days_ago}, std::nullopt};
    if (harvest.empty()) return days;
    if (harvest.find('-') == std::string::npos) {
        days.harvest = days.production - std::chrono::days{integer_of(harvest, "harvest")};
        return days;
    }
    auto year = std::chrono::year_month_day{days.production}.year();
    for (;; --year) {
        const auto day = parse_date(std::to_string(static_cast<int>(year)) + "-" + harvest);
        if (!day) throw ToolError{"harvest: \"" + harvest + "\" is no day of the year"};
        if (*day > days.production) continue;
        days.harvest = *day;
        return days;
    }
}

}  // namespace shanhai::tools
