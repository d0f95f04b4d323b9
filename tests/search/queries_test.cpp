#include "search/asking.hpp"

namespace shanhai::catalog {
namespace {

std::vector<std::string> parts_of(const std::string& text) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin < text.size();) {
        const auto end = std::min(text.find('|', begin), text.size());
        parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

TEST_F(Asking, AnswersEveryQueryOfTheListWithWhatStandsThere) {
    const auto rows = rows_of("tests/search/queries.csv");
    ASSERT_GE(rows.size(), 61U) << "sixty queries and the headings";
    for (auto row = rows.begin() + 1; row != rows.end(); ++row) {
        ASSERT_EQ(row->size(), 5U) << row->at(0);
        SCOPED_TRACE(row->at(0) + ": " + row->at(4));
        const auto page = list("limit=100&q=" + escaped(row->at(0)));
        const auto names = names_in(page);
        const auto first = parts_of(row->at(1));
        const auto seen = std::vector<std::string>(
            names.begin(), names.begin() + static_cast<std::ptrdiff_t>(std::min(first.size(), names.size())));
        EXPECT_EQ(seen, first);
        if (row->at(2) != "") {
            EXPECT_EQ(names.size(), std::stoul(row->at(2))) << ::testing::PrintToString(names);
        }
        const auto& corrected = page.at("corrected_to");
        EXPECT_EQ(corrected.is_null() ? "" : std::string{corrected.as_string()}, row->at(3));
    }
}

}  // namespace
}  // namespace shanhai::catalog
