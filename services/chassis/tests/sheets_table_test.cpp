#include "chassis/sheets/table.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace shanhai::sheets {
namespace {

constexpr std::array words{Word{"SEVEN_DAY", "七天无理由"}};
constexpr std::array columns{Column{"name", "名称", Kind::text, true},
                             Column{"pieces", "件数", Kind::integer},
                             Column{"price_yuan", "价格（元）", Kind::yuan},
                             Column{"made", "生产日期", Kind::day},
                             Column{"listed", "上架", Kind::flag},
                             Column{"tags", "标签", Kind::texts},
                             Column{"policy", "退货", Kind::word, false, words},
                             Column{"id", "编号", Kind::shown}};

Result<Table> table_of(std::string_view csv, std::string_view type = "text/csv; charset=utf-8") {
    http::Request request;
    request.body = csv;
    request.headers.emplace_back("Content-Type", type);
    return Table::in(request, columns);
}

/// The one line's cells as JSON.
std::string cells_of(std::string_view csv) {
    LineFaults faults;
    return boost::json::serialize(table_of(csv)->object_of(0, faults));
}

TEST(Table, ReadsCellsAsTheirColumnsSay) {
    EXPECT_EQ(cells_of("名称,件数,价格（元）,生产日期,上架,标签,退货,编号\n"
                       " 面 , 12 ,19.8,2026/4/3,是,一县一品、竹；笋,七天无理由,99\n"),
              R"({"name":"面","pieces":12,"price_yuan":1980,"made":"2026-04-03","listed":true,)"
              R"("tags":["一县一品","竹","笋"],"policy":"SEVEN_DAY"})");
    EXPECT_EQ(cells_of("policy,name,made,listed\nSEVEN_DAY,'=1,2026年4月13日,no\n"),
              R"({"policy":"SEVEN_DAY","name":"=1","made":"2026-04-13","listed":false})");
    EXPECT_EQ(cells_of("名称,,件数\n面,,\n"), R"({"name":"面"})") << "an empty cell says nothing";
}

TEST(Table, LeavesToTheOperationsReaderWhatItCannotRead) {
    EXPECT_EQ(cells_of("name,pieces,made,listed,policy\n面,1.5,soon,perhaps,never\n"),
              R"({"name":"面","pieces":"1.5","made":"soon","listed":"perhaps","policy":"never"})");
}

TEST(Table, RefusesWhatIsNoTableOfItsColumns) {
    const std::tuple<const char*, const char*, const char*> cases[] = {
        {"", "import-empty", ""},
        {"名称\n\n", "import-empty", ""},
        {"件数\n1\n", "import-headings", "/lines/1/name"},
        {"名称,name\n1,2\n", "import-headings", "/lines/1/name"},
        {"名称,价钱\n1,2\n", "import-headings", "/lines/1/2"},
    };
    for (const auto& [csv, code, pointer] : cases) {
        const auto refused = table_of(csv);
        ASSERT_FALSE(refused) << csv;
        EXPECT_EQ(refused.error().code(), code) << csv;
        const auto& fields = refused.error().fields();
        EXPECT_EQ(fields.empty() ? "" : fields.front().pointer, pointer) << csv;
    }
    EXPECT_EQ(table_of("名称\n面\n", "application/json").error().code(), "unsupported-media-type");
    EXPECT_EQ(table_of("名称\n面\n", "text/csv; charset=gb18030").error().code(), "unsupported-media-type");
}

TEST(Table, TellsOfACellWithoutHeadingAndOfMoneyThatIsNone) {
    LineFaults faults;
    const auto table = table_of("名称,价格（元）\n\n面,19.805,99\n");
    table->object_of(0, faults);
    ASSERT_EQ(faults.told().size(), 2U);
    EXPECT_EQ(faults.bad_lines(), 1U);
    EXPECT_EQ(faults.told()[0].line, 3U);
    EXPECT_EQ(faults.told()[0].column, "price_yuan");
    EXPECT_EQ(faults.told()[1].code, "cell-without-heading");
}

TEST(Table, TakesFiveThousandLinesAndNoMore) {
    std::string csv = "名称\n";
    for (std::size_t i = 0; i < Table::lines_max; ++i) csv += "面\n";
    EXPECT_EQ(table_of(csv)->lines(), Table::lines_max);
    EXPECT_EQ(table_of(csv + "面\n").error().code(), "import-too-long");
}

TEST(Fen, AreExactlyWhatThePriceSays) {
    EXPECT_EQ(fen_of("19.8"), 1980);
    EXPECT_EQ(fen_of("0.07"), 7);
    EXPECT_EQ(fen_of("10000000"), 1'000'000'000);
    for (const auto* none :
         {"", ".5", "1.", "1.005", "-1", "+1", "1e3", "1,000", "¥5", "１", "99999999999999"}) {
        EXPECT_EQ(fen_of(none), std::nullopt) << none;
    }
}

RC_GTEST_PROP(SeveralTexts, AreReadAsTheyWereWritten, ()) {
    const auto texts = *rc::gen::container<std::vector<std::string>>(
        rc::gen::element<std::string>("竹", "a b", "、", "a；b", "c;d", "e，f", "g,h", "=x", "'"));
    RC_ASSERT(split(joined(texts)) == texts);
}

/// What services/web/tests/desk_goods.test.ts expects of a field of a form.
TEST(SeveralTexts, AreSplitAsInTheForms) {
    EXPECT_EQ(split("一县一品，箬竹、 大关;扫码；笋,面"),
              (std::vector<std::string>{"一县一品", "箬竹", "大关", "扫码", "笋", "面"}));
    EXPECT_EQ(split("a，b\n"), std::vector<std::string>{"a，b"}) << "as exports write what holds one";
}

TEST(LineFaults, CountsAllBadLinesAndTellsOfTheFirst) {
    ImportReport report{.lines = 500, .made = 0, .repeated = 0, .written = false, .faults = {}};
    for (std::size_t line = 400; line > 100; --line) report.faults.add({line, "name", "differs", "no"});
    const auto refused = response_of(report);
    EXPECT_EQ(refused.status, 422);
    const auto body = boost::json::parse(refused.body);
    EXPECT_EQ(body.at("code").as_string(), "import-refused");
    EXPECT_EQ(body.at("bad_lines").as_int64(), 300);
    EXPECT_EQ(body.at("errors").as_array().size(), LineFaults::told_max);
    EXPECT_EQ(body.at("errors").at(0).at("pointer").as_string(), "/lines/101/name");
    report.faults.add({7, "merchant_id", "not-your-merchant", "no"});
    EXPECT_EQ(response_of(report).status, 403) << "whose it is comes before what it says";
}

}  // namespace
}  // namespace shanhai::sheets
