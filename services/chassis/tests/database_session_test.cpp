#include "chassis/database/session.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <array>
#include <cstdio>

namespace shanhai::database {
namespace {

TEST(Bind, PutsLiteralsWherePlaceholdersAre) {
    EXPECT_EQ(Session::bind("SELECT ?, ?", {1, "a"}), "SELECT 1, 'a'");
}

struct Untouched {
    std::string name;
    std::string sql;
    std::string bound;
};

class QuestionMarks : public testing::TestWithParam<Untouched> {};

TEST_P(QuestionMarks, CountOnlyOutsideQuotesAndComments) {
    EXPECT_EQ(Session::bind(GetParam().sql, {7}), GetParam().bound);
}

INSTANTIATE_TEST_SUITE_P(
    Sql, QuestionMarks,
    testing::Values(Untouched{"InSingleQuotes", "SELECT '?', ?", "SELECT '?', 7"},
                    Untouched{"BehindADoubledQuote", "SELECT 'it''s ?', ?", "SELECT 'it''s ?', 7"},
                    Untouched{"BehindAnEscapedQuote", R"(SELECT 'it\'s ?', ?)", R"(SELECT 'it\'s ?', 7)"},
                    Untouched{"BehindAnEscapedBackslash", R"(SELECT '\\', ?)", R"(SELECT '\\', 7)"},
                    Untouched{"InDoubleQuotes", R"(SELECT "?", ?)", R"(SELECT "?", 7)"},
                    Untouched{"InBackticks", "SELECT `?`, ?", "SELECT `?`, 7"},
                    Untouched{"InACommentOfDashes", "SELECT 1 -- why?\n, ?", "SELECT 1 -- why?\n, 7"},
                    Untouched{"InACommentOfAHash", "SELECT 1 # why?\n, ?", "SELECT 1 # why?\n, 7"},
                    Untouched{"InACommentOfStars", "SELECT /* ? */ ?", "SELECT /* ? */ 7"},
                    Untouched{"BehindTwoMinuses", "SELECT 5--?", "SELECT 5--7"},
                    Untouched{"BehindADivision", "SELECT 4 / ?", "SELECT 4 / 7"}),
    [](const auto& one) { return one.param.name; });

TEST(Bind, NeverReadsAValueAsSql) {
    EXPECT_EQ(Session::bind("VALUES (?, ?)", {"a ? '", "b"}), R"(VALUES ('a ? \'', 'b'))");
}

TEST(Bind, RefusesAWrongNumberOfValues) {
    EXPECT_THROW(Session::bind("SELECT ?", {}), std::logic_error);
    EXPECT_THROW(Session::bind("SELECT ?", {1, 2}), std::logic_error);
    EXPECT_THROW(Session::bind("SELECT '?'", {1}), std::logic_error);
}

enum class SomeId : std::uint64_t {};

TEST(Literal, WritesEachTypeInItsOwnWay) {
    EXPECT_EQ(Literal{SomeId{18446744073709551615U}}.text(), "18446744073709551615");
    EXPECT_EQ(Literal{-7}.text(), "-7");
    EXPECT_EQ(Literal{true}.text(), "1");
    EXPECT_EQ(Literal{nullptr}.text(), "NULL");
    EXPECT_EQ(Literal{std::optional<int>{}}.text(), "NULL");
    EXPECT_EQ(Literal{std::optional<int>{3}}.text(), "3");
    EXPECT_EQ(Literal{std::optional<std::string>{"x"}}.text(), "'x'");
    EXPECT_EQ(Literal::bytes(std::string_view{"\0\xff'", 3}).text(), "_binary'\\0\xff\\''");
    EXPECT_EQ(Literal{instant_of(1'777'622'400'000'001)}.text(), "TIMESTAMP'2026-05-01 08:00:00.000001'");
    EXPECT_EQ(Literal{*parse_date("2026-05-01")}.text(), "DATE'2026-05-01'");
}

/// Whether nothing in the literal ends it before its last byte.
bool is_one_string(std::string_view literal) {
    if (literal.size() < 2 || literal.front() != '\'') return false;
    for (std::size_t at = 1; at < literal.size(); ++at) {
        if (literal[at] == '\\')
            ++at;
        else if (literal[at] == '\'')
            return at + 1 == literal.size();
    }
    return false;
}

RC_GTEST_PROP(Literal, StaysOneStringWhateverTheBytes, (const std::string& bytes)) {
    RC_ASSERT(is_one_string(Literal{bytes}.text()));
}

/// Remembers what it was sent.
class Recorder : public Session {
public:
    std::uint64_t run(const std::string& sql) override {
        sent.push_back(sql);
        return 1;
    }
    Rows ask(const std::string&) override { throw std::logic_error{"nobody asks"}; }

    std::vector<std::string> sent;
};

TEST(Insert, WritesManyRowsInOneStatement) {
    Recorder session;
    Insert insert{"INSERT INTO t (a, b) VALUES", "ON DUPLICATE KEY UPDATE b = VALUES(b)"};
    insert.row(1, "x").row(2, nullptr);
    EXPECT_EQ(insert.rows(), 2U);
    insert.run(session);
    ASSERT_EQ(session.sent.size(), 1U);
    EXPECT_EQ(session.sent.front(),
              "INSERT INTO t (a, b) VALUES (1,'x'),(2,NULL) ON DUPLICATE KEY UPDATE b = VALUES(b)");
}

TEST(Insert, SendsNothingForNothing) {
    Recorder session;
    Insert insert{"INSERT INTO t (a) VALUES"};
    EXPECT_TRUE(insert.empty());
    EXPECT_EQ(insert.run(session), 0U);
    EXPECT_TRUE(session.sent.empty());
}

TEST(Insert, SplitsBeforeThePacketLimit) {
    Recorder session;
    Insert insert{"INSERT INTO t (a) VALUES"};
    const std::string megabyte(1U << 20U, 'x');
    for (int i = 0; i < 10; ++i) insert.row(megabyte);
    insert.run(session);
    EXPECT_EQ(session.sent.size(), 4U);
    for (const auto& sql : session.sent) EXPECT_LE(sql.size(), 4U << 20U);
}

TEST(Insert, RefusesRowsOfAnotherWidth) {
    Insert insert{"INSERT INTO t (a, b) VALUES"};
    insert.row(1, 2);
    EXPECT_THROW(insert.row(1), std::logic_error);
}

TEST(Bind, WritesEveryMomentAsItIs) {
    const Instant midnight{std::chrono::sys_days{std::chrono::year{2026} / 3 / 9}};
    for (std::int64_t us = 0; us < 86'400'000'000; us += 1'399'981) {
        const std::chrono::hh_mm_ss<std::chrono::microseconds> clock{std::chrono::microseconds{us}};
        std::array<char, 48> expected{};
        std::snprintf(expected.data(), expected.size(), "TIMESTAMP'2026-03-09 %02d:%02d:%02d.%06d'",
                      static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                      static_cast<int>(clock.seconds().count()),
                      static_cast<int>(clock.subseconds().count()));
        ASSERT_EQ(Session::bind("?", {midnight + std::chrono::microseconds{us}}), expected.data());
    }
    EXPECT_EQ(Session::bind("?", {midnight - std::chrono::microseconds{1}}),
              "TIMESTAMP'2026-03-08 23:59:59.999999'");
}

TEST(SqlErrors, AreSortedByWhatOneCanDo) {
    EXPECT_TRUE(SqlError(1062, "").duplicate());
    EXPECT_TRUE(SqlError(1213, "").worth_repeating());
    EXPECT_TRUE(SqlError(1205, "").worth_repeating());
    for (const int code : {2002, 2003, 2006, 2013, 1927, 1053, 1047}) {
        EXPECT_TRUE(SqlError(code, "").connection_lost()) << code;
    }
    EXPECT_FALSE(SqlError(1064, "").connection_lost());
    EXPECT_FALSE(SqlError(1064, "").worth_repeating());
}

/// The server's reference of error codes, by what they say of whoever asked.
TEST(SqlErrors, BlameNobodyForWhatTheServerCannotDo) {
    const std::map<std::string, std::vector<int>> passing{
        {"full", {1021, 1026, 1030, 1114}},
        {"out of memory or threads", {1037, 1038, 1041, 1135}},
        {"too many connections", {1040, 1129, 1203, 1226}},
        {"rights", {1044, 1045, 1130, 1142, 1143, 1227, 1370, 1698, 1820, 1862, 4151}},
        {"network", {1158, 1159, 1160, 1161}},
        {"locks and transactions", {1180, 1205, 1206, 1213, 1637}},
        {"read-only, backup, cluster", {1047, 1223, 1290, 1792, 1836, 3100}},
        {"time and interruption", {1317, 1969}},
        {"gone", {1053, 1927, 2002, 2003, 2006, 2013, 2026}},
    };
    for (const auto& [what, codes] : passing) {
        for (const int code : codes) EXPECT_TRUE(SqlError(code, "").passing()) << what << ' ' << code;
    }
    // What was asked was wrong, and will be the next time: a duplicate, a value, a table, the grammar, a key.
    for (const int code :
         {1048, 1054, 1062, 1064, 1146, 1153, 1264, 1292, 1364, 1366, 1406, 1451, 1452, 3819, 4025}) {
        EXPECT_FALSE(SqlError(code, "").passing()) << code;
    }
}

}  // namespace
}  // namespace shanhai::database
