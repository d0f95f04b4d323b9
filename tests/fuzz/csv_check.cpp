#include "fuzz/targets.hpp"

#include "chassis/sheets/csv.hpp"
#include "vocabulary/text.hpp"

namespace shanhai::fuzz {

/// What was read and is written again is read as the same.
std::string fault_of_csv(std::string_view bytes) {
    constexpr sheets::CsvLimits limits{40, 8};
    const auto records = sheets::read_csv(bytes, limits);
    if (!records) {
        const auto& code = records.error().code();
        if (code != "malformed-csv" && code != "import-too-long") return "refused as " + code;
        return records.error().fields().empty() ? "a refusal of no line" : "";
    }
    if (records->size() > limits.records_max) return "more records than are read";
    std::string written;
    std::size_t line = 0;
    for (const auto& record : *records) {
        if (record.line <= line) return "lines do not grow";
        line = record.line;
        if (record.cells.empty() || record.cells.size() > limits.cells_max)
            return "a record of no such width";
        sheets::CsvLine out{written};
        for (const auto& cell : record.cells) {
            if (!is_utf8(cell)) return "a cell is cut within a character";
            if (sheets::unguarded(sheets::guarded(cell)) != cell) return "a guarded cell is another one";
            out.cell(cell);
        }
    }
    const auto again = sheets::read_csv(written, limits);
    if (!again || again->size() != records->size()) return "what was written is read otherwise";
    for (std::size_t i = 0; i < again->size(); ++i) {
        const auto& before = (*records)[i].cells;
        const auto& after = (*again)[i].cells;
        if (before.size() != after.size()) return "a record has another width";
        for (std::size_t j = 0; j < before.size(); ++j) {
            if (sheets::unguarded(after[j]) != before[j])
                return "a cell is read otherwise than it was written";
        }
    }
    return {};
}

}  // namespace shanhai::fuzz
