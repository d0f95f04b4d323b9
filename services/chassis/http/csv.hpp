#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace shanhai::http {

/// Tables for spreadsheets begin with it, or theirs takes Chinese for something else.
inline constexpr std::string_view csv_byte_order_mark = "\xEF\xBB\xBF";

/// One line of a table for spreadsheets (RFC 4180), which ends with the object. A text that a spreadsheet
/// would take for a formula gets an apostrophe before it.
class CsvLine {
public:
    explicit CsvLine(std::string& out) : out_{out} {}
    ~CsvLine() { out_ += "\r\n"; }
    CsvLine(const CsvLine&) = delete;
    CsvLine& operator=(const CsvLine&) = delete;

    CsvLine& cell(std::string_view text);
    CsvLine& cell(std::uint64_t number) { return plain(std::to_string(number)); }
    CsvLine& cell(std::int64_t number) { return plain(std::to_string(number)); }

private:
    /// A number's own minus is no formula.
    CsvLine& plain(std::string_view text);

    std::string& out_;
    bool first_ = true;
};

}  // namespace shanhai::http
