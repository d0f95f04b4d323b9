#include "chassis/sheets/csv.hpp"

#include "vocabulary/text.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace shanhai::sheets {
namespace {

constexpr std::array<std::string_view, 11> formula_beginnings{"=",  "+",  "-",  "@",  "\t", "\r",
                                                              "\n", "＝", "＋", "－", "＠"};

bool like_a_formula(std::string_view text) {
    return std::ranges::any_of(formula_beginnings, [text](auto one) { return text.starts_with(one); });
}

/// "/lines/17"
std::string place(std::size_t line) { return "/lines/" + std::to_string(line); }

Error malformed(std::size_t line, std::string detail) {
    std::vector<FieldError> fields;
    fields.push_back({place(line), detail});
    return Error{Failure::malformed, "malformed-csv", std::move(detail), std::move(fields)};
}

Error too_long(std::size_t line, std::string detail) {
    std::vector<FieldError> fields;
    fields.push_back({place(line), detail});
    return Error{Failure::invalid, "import-too-long", std::move(detail), std::move(fields)};
}

class CsvReader {
public:
    CsvReader(std::string_view bytes, const CsvLimits& limits) : rest_{bytes}, limits_{limits} {}

    Result<std::vector<Record>> run() {
        std::vector<Record> records;
        for (std::size_t line = 1; !rest_.empty(); ++line) {
            Record record{line, {}};
            if (auto fault = read_record(record)) return *fault;
            if (std::ranges::all_of(record.cells, &std::string::empty)) continue;
            if (records.size() == limits_.records_max) {
                return too_long(line, "a table has " + std::to_string(limits_.records_max - 1) +
                                          " lines at most below its headings");
            }
            records.push_back(std::move(record));
        }
        return records;
    }

private:
    /// Up to the end of its line, or of everything.
    std::optional<Error> read_record(Record& record) {
        while (true) {
            if (record.cells.size() == limits_.cells_max) {
                return too_long(record.line,
                                "a line has " + std::to_string(limits_.cells_max) + " cells at most");
            }
            auto& cell = record.cells.emplace_back();
            const bool quoted = rest_.starts_with('"');
            if (auto fault = quoted ? read_quoted(cell, record.line) : read_plain(cell, record.line))
                return fault;
            if (rest_.starts_with(',')) {
                rest_.remove_prefix(1);
                continue;
            }
            rest_.remove_prefix(rest_.starts_with("\r\n") ? 2 : std::min<std::size_t>(rest_.size(), 1));
            return std::nullopt;
        }
    }

    std::optional<Error> read_plain(std::string& cell, std::size_t line) {
        const auto size = std::min(rest_.find_first_of("\",\r\n"), rest_.size());
        cell = rest_.substr(0, size);
        rest_.remove_prefix(size);
        if (!rest_.starts_with('"')) return std::nullopt;
        return malformed(line, "a quote stands within a cell that does not begin with one");
    }

    std::optional<Error> read_quoted(std::string& cell, std::size_t line) {
        rest_.remove_prefix(1);
        while (true) {
            const auto size = rest_.find('"');
            if (size == std::string_view::npos) return malformed(line, "a cell's closing quote is missing");
            cell += rest_.substr(0, size);
            rest_.remove_prefix(size + 1);
            if (!rest_.starts_with('"')) break;
            cell += '"';
            rest_.remove_prefix(1);
        }
        if (rest_.empty() || rest_.find_first_of(",\r\n") == 0) return std::nullopt;
        return malformed(line, "something follows a cell's closing quote");
    }

    std::string_view rest_;
    const CsvLimits& limits_;
};

}  // namespace

Result<std::vector<Record>> read_csv(std::string_view bytes, const CsvLimits& limits) {
    if (bytes.starts_with(byte_order_mark)) bytes.remove_prefix(byte_order_mark.size());
    if (!is_utf8(bytes)) return malformed(1, "the table is not UTF-8");
    if (bytes.find('\0') != std::string_view::npos) return malformed(1, "a table holds no zero bytes");
    return CsvReader{bytes, limits}.run();
}

std::string guarded(std::string_view text) {
    const bool guard = text.starts_with('\'') || like_a_formula(text);
    return (guard ? "'" : "") + std::string{text};
}

std::string_view unguarded(std::string_view cell) {
    if (!cell.starts_with('\'')) return cell;
    const auto text = cell.substr(1);
    return text.starts_with('\'') || like_a_formula(text) ? text : cell;
}

CsvLine& CsvLine::cell(std::string_view text) { return plain(guarded(text)); }

CsvLine& CsvLine::plain(std::string_view text) {
    if (!first_) out_ += ',';
    first_ = false;
    out_ += '"';
    for (const char character : text) {
        if (character == '"') out_ += '"';
        out_ += character;
    }
    out_ += '"';
    return *this;
}

}  // namespace shanhai::sheets
