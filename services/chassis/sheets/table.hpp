#pragma once

#include "chassis/http/message.hpp"
#include "chassis/sheets/csv.hpp"
#include "vocabulary/line_faults.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shanhai::sheets {

/// What people write into the cells of a column.
enum class Kind {
    text,
    integer,
    yuan,   ///< "12.5": becomes whole fen.
    day,    ///< 2026-05-01, and as spreadsheets show it: 2026/5/1, 2026年5月1日.
    flag,   ///< 是 or 否, true or false.
    texts,  ///< Several, between ； ; 、 ， , or line breaks, as in the forms of the pages.
    word,   ///< One of `words`, in either spelling.
    shown,  ///< For the eye in what was exported; not read.
};

/// A value of a closed list: its name on the wire, and what people call it.
struct Word {
    std::string_view name;
    std::string_view said;
};

struct Column {
    std::string_view name;     ///< "net_content_g"; may stand for the heading.
    std::string_view heading;  ///< "净含量（克）"
    Kind kind = Kind::text;
    bool needed = false;  ///< Without it a table is refused as a whole.
    std::span<const Word> words{};
};

/// A table that somebody handed in, under the headings of `columns`.
class Table {
public:
    static constexpr std::size_t lines_max = 5'000;
    static constexpr std::size_t bytes_max = 8 * 1024 * 1024;  ///< RequestReader's large bodies.

    /// Fails with 415 `unsupported-media-type` unless it is declared as text/csv, as read_csv does, and with
    /// 422 `import-headings` where the first line names a column twice or one that is none, or lacks a needed
    /// one; `import-empty` without a line below.
    static Result<Table> in(const http::Request& request, std::span<const Column> columns);

    std::size_t lines() const { return records_.size(); }
    std::size_t number_of(std::size_t index) const { return records_[index].line; }
    /// The line as a JSON object, such as the single operation takes: a member for each cell that holds
    /// something, under its column's name. What a cell's kind cannot read stays a text, so that the
    /// operation's own reader refuses it; but no yuan become fen of their own: that is added to `faults`.
    boost::json::object object_of(std::size_t index, LineFaults& faults) const;

private:
    Table(std::vector<const Column*> places, std::vector<Record> records)
        : places_{std::move(places)}, records_{std::move(records)} {}

    std::vector<const Column*> places_;  // Which column stands where.
    std::vector<Record> records_;
};

/// Whole fen of "12", "12.5" or "12.50"; nothing for any other text.
std::optional<std::int64_t> fen_of(std::string_view yuan);
/// Several texts in one cell, and back.
std::string joined(const std::vector<std::string>& texts);
std::vector<std::string> split(std::string_view cell);
/// "是" or "否".
std::string_view said(bool flag);
/// What people call a value; its name where they have no word.
std::string_view said(std::span<const Word> words, std::string_view name);

/// The line of headings.
void write_headings(std::string& out, std::span<const Column> columns);

/// Of what is exported, where that is not read from memory.
inline constexpr std::size_t export_lines_max = 50'000;
/// 422 `export-too-long`.
Error export_too_long();

/// A table for spreadsheets, to be saved under that name.
http::Response table_response(std::string body, std::string_view name);

/// 201 when something was made, else 200, with the counts; 422 `import-refused` with the faults, or 403
/// `not-your-merchant`.
http::Response response_of(const ImportReport& report);
/// What the query says. Fails as Parameters do.
Result<ImportTerms> terms_of(const http::Request& request);

}  // namespace shanhai::sheets
