#pragma once

#include "vocabulary/money.hpp"
#include "vocabulary/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace shanhai::sheets {

// Tables as spreadsheets exchange them: RFC 4180 in UTF-8.

/// What Excel knows UTF-8 by.
inline constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// One row of a table.
struct Record {
    std::size_t line = 0;  ///< As a spreadsheet numbers its rows, from 1: a cell of several lines is one row.
    std::vector<std::string> cells;
};

struct CsvLimits {
    std::size_t records_max = 5'001;  ///< With the headings.
    std::size_t cells_max = 64;       ///< Of one record.
};

/// The records that hold something; empty rows are left out, but count as lines. Lines end with CRLF, LF or
/// CR, the last one with the end of the table too; a mark at the beginning is passed over. Fails with 400
/// `malformed-csv` where bytes are no UTF-8, hold a NUL, or a quote stands where none may, and with 422
/// `import-too-long` beyond the limits; both name "/lines/{line}".
Result<std::vector<Record>> read_csv(std::string_view bytes, const CsvLimits& limits);

/// The text as a cell that no spreadsheet takes for a formula: an apostrophe before =, +, -, @ (of full width
/// too), a tab or a line break. One before an apostrophe as well, so that `unguarded` gives back every text.
std::string guarded(std::string_view text);
std::string_view unguarded(std::string_view cell);

/// Writes one record; it ends when the writer does. Every cell stands in quotes.
class CsvLine {
public:
    explicit CsvLine(std::string& out) : out_{out} {}
    ~CsvLine() { out_ += "\r\n"; }
    CsvLine(const CsvLine&) = delete;
    CsvLine& operator=(const CsvLine&) = delete;

    /// What people wrote, guarded.
    CsvLine& cell(std::string_view text);
    CsvLine& cell(std::uint64_t number) { return plain(std::to_string(number)); }
    CsvLine& cell(std::int64_t number) { return plain(std::to_string(number)); }
    /// In yuan with two decimals, to be reckoned with.
    CsvLine& cell(Fen amount) { return plain(yuan_text(amount)); }

private:
    /// A number's own minus is no formula.
    CsvLine& plain(std::string_view text);

    std::string& out_;
    bool first_ = true;
};

}  // namespace shanhai::sheets
