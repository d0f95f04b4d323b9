#include "chassis/sheets/csv.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace shanhai::sheets {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(const std::vector<Record>& records) {
    Rows rows;
    for (const auto& record : records) rows.push_back(record.cells);
    return rows;
}

TEST(Csv, ReadsWhatSpreadsheetsWrite) {
    const std::pair<std::string_view, Rows> cases[] = {
        {"a,b\r\n1,2\r\n", {{"a", "b"}, {"1", "2"}}},
        {"a,b\n1,2", {{"a", "b"}, {"1", "2"}}},
        {"a,b\r1,2\r", {{"a", "b"}, {"1", "2"}}},
        {"\xEF\xBB\xBF\"名称\",\"价\"\r\n", {{"名称", "价"}}},
        {"\"a,b\",\"c\"\"d\",\"e\r\nf\"\n", {{"a,b", "c\"d", "e\r\nf"}}},
        {"a,\n,b\n", {{"a", ""}, {"", "b"}}},
        {"", {}},
        {"\n,,\n\"\"\n", {}},
    };
    for (const auto& [bytes, rows] : cases) {
        const auto read = read_csv(bytes, {});
        ASSERT_TRUE(read) << bytes;
        EXPECT_EQ(rows_of(*read), rows) << bytes;
    }
}

TEST(Csv, CountsLinesAsTheSpreadsheetDoes) {
    const auto read = read_csv("h\n\n\"two\nlines\"\n,\nlast", {});
    ASSERT_TRUE(read);
    ASSERT_EQ(read->size(), 3U);
    EXPECT_EQ((*read)[0].line, 1U);
    EXPECT_EQ((*read)[1].line, 3U) << "an empty row counts";
    EXPECT_EQ((*read)[2].line, 5U) << "a cell of two lines is one row";
}

TEST(Csv, RefusesWhatCannotBeReadAndSaysWhere) {
    const std::tuple<std::string_view, const char*, const char*> cases[] = {
        {"a\nb\"c\n", "malformed-csv", "/lines/2"},
        {"a\n\"b\n", "malformed-csv", "/lines/2"},
        {"a\n\"b\"c\n", "malformed-csv", "/lines/2"},
        {"\xB9\xAB\xCB\xBE\n", "malformed-csv", "/lines/1"},
        {std::string_view{"a\0b", 3}, "malformed-csv", "/lines/1"},
        {"h\n1\n2\n3\n", "import-too-long", "/lines/4"},
        {"1,2,3,4,5\n", "import-too-long", "/lines/1"},
    };
    for (const auto& [bytes, code, pointer] : cases) {
        const auto read = read_csv(bytes, CsvLimits{3, 4});
        ASSERT_FALSE(read) << bytes;
        EXPECT_EQ(read.error().code(), code) << bytes;
        EXPECT_EQ(read.error().fields().front().pointer, pointer) << bytes;
    }
}

TEST(Csv, WritesNoFormulas) {
    for (const auto* text : {"=1+1", "+8613800000000", "-5", "@SUM(A1)", "\tx", "＝HYPERLINK", "'quoted"}) {
        const auto cell = guarded(text);
        EXPECT_EQ(cell, std::string{"'"} + text);
        EXPECT_EQ(unguarded(cell), text);
    }
    EXPECT_EQ(guarded("箬竹面"), "箬竹面");
    EXPECT_EQ(unguarded("'as typed"), "'as typed") << "what people write is left alone";
}

std::string some_text() {
    const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
        "a", "7", "竹", "\"", "\"\"", ",", "\r\n", "\n", "\r", "'", "=", "+", "-", "@", "＝", " ", "\t"));
    std::string text;
    for (const auto& piece : pieces) text += piece;
    return text;
}

RC_GTEST_PROP(Csv, ReadsEveryTextThatItWrote, ()) {
    const auto height = *rc::gen::inRange<std::size_t>(1, 6);
    const auto width = *rc::gen::inRange<std::size_t>(1, 6);
    std::string out{byte_order_mark};
    Rows rows;
    for (std::size_t i = 0; i < height; ++i) {
        CsvLine line{out};
        auto& row = rows.emplace_back();
        for (std::size_t j = 0; j < width; ++j) {
            row.push_back(j == 0 ? "x" + some_text() : some_text());
            line.cell(row.back());
        }
    }
    const auto read = read_csv(out, {});
    RC_ASSERT(static_cast<bool>(read));
    RC_ASSERT(read->size() == height);
    for (std::size_t i = 0; i < height; ++i) {
        RC_ASSERT((*read)[i].line == i + 1);
        for (std::size_t j = 0; j < width; ++j) RC_ASSERT(unguarded((*read)[i].cells[j]) == rows[i][j]);
    }
}

TEST(CsvLine, LetsNoTextBeAFormulaAndNoNumberBeAText) {
    std::string out;
    CsvLine{out}
        .cell("=1+1")
        .cell("-1")
        .cell("+8613812345678")
        .cell(std::int64_t{-42})
        .cell(std::uint64_t{7});
    EXPECT_EQ(out, "\"'=1+1\",\"'-1\",\"'+8613812345678\",\"-42\",\"7\"\r\n");
}

}  // namespace
}  // namespace shanhai::sheets
