#include "chassis/http/csv.hpp"

#include <gtest/gtest.h>

namespace shanhai::http {
namespace {

TEST(CsvLine, QuotesWhatStandsInItAndEndsAsSpreadsheetsExpect) {
    std::string out;
    CsvLine{out}.cell("箬竹面，\"500 克\"").cell(std::uint64_t{7}).cell("");
    EXPECT_EQ(out, "\"箬竹面，\"\"500 克\"\"\",\"7\",\"\"\r\n");
}

TEST(CsvLine, LetsNoTextBeAFormulaAndNoNumberBeAText) {
    std::string out;
    CsvLine{out}.cell("=1+1").cell("-1").cell("+8613812345678").cell("@SUM(A1)").cell(std::int64_t{-42});
    EXPECT_EQ(out, "\"'=1+1\",\"'-1\",\"'+8613812345678\",\"'@SUM(A1)\",\"-42\"\r\n");
}

}  // namespace
}  // namespace shanhai::http
