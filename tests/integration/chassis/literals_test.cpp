#include "chassis/database/pool.hpp"

#include "support/database.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace shanhai::database {
namespace {

/// One table for all properties of a process; each looks at its own row.
support::Database& database() {
    static support::Database made;
    static const bool ready = [] {
        made.run(
            "CREATE TABLE kept (id BIGINT AUTO_INCREMENT PRIMARY KEY, words TEXT, data LONGBLOB, "
            "natural_number BIGINT UNSIGNED, whole BIGINT, at DATETIME(6), day DATE) "
            "ENGINE = InnoDB CHARACTER SET utf8mb4");
        return true;
    }();
    (void)ready;
    return made;
}

Pool& pool() {
    static Pool made{database().options()};
    return made;
}

/// Stores a value in a column and returns what the column then says, as `read` gets it from the row.
template <class Value, class Read>
auto round_trip(const std::string& column, const Value& value, Read read) {
    using Answer = std::invoke_result_t<Read, Rows&>;
    return pool().transact_blocking([&](Session& session) -> Result<Answer> {
        session.execute("INSERT INTO kept (" + column + ") VALUES (?)", value);
        const auto id = session.last_insert_id();
        auto rows = session.query("SELECT " + column + " FROM kept WHERE id = ?", id);
        rows.next();
        return read(rows);
    });
}

std::string text(Rows& rows) { return rows.text(0); }

/// A string of bytes that often holds what SQL's syntax is made of.
rc::Gen<std::string> hostile_bytes() {
    const auto special =
        rc::gen::element('\'', '"', '\\', '\0', '?', '`', '%', ';', '-', '\n', '\x1a', '\xe5');
    const auto any = rc::gen::arbitrary<char>();
    return rc::gen::container<std::string>(rc::gen::weightedOneOf<char>({{1, special}, {1, any}}));
}

std::string utf8(const std::vector<char32_t>& points) {
    std::string out;
    const auto add = [&out](unsigned value) { out += static_cast<char>(value); };
    for (const auto point : points) {
        const auto c = static_cast<unsigned>(point);
        if (c < 0x80U) {
            add(c);
        } else if (c < 0x800U) {
            add(0xC0U | c >> 6U), add(0x80U | (c & 0x3FU));
        } else if (c < 0x10000U) {
            add(0xE0U | c >> 12U), add(0x80U | (c >> 6U & 0x3FU)), add(0x80U | (c & 0x3FU));
        } else {
            add(0xF0U | c >> 18U), add(0x80U | (c >> 12U & 0x3FU)), add(0x80U | (c >> 6U & 0x3FU)),
                add(0x80U | (c & 0x3FU));
        }
    }
    return out;
}

rc::Gen<char32_t> code_point() {
    const auto plain = rc::gen::inRange<char32_t>(0, 0x80);
    const auto low = rc::gen::inRange<char32_t>(0x80, 0xD800);
    const auto high = rc::gen::inRange<char32_t>(0xE000, 0x110000);
    const auto special = rc::gen::element<char32_t>('\'', '\\', '"', '?', 0, 0x1A, 0x4E2D, 0x1F33E);
    return rc::gen::oneOf(plain, low, high, special);
}

RC_GTEST_PROP(Literals, BytesComeBackAsTheyWere, ()) {
    const auto bytes = *hostile_bytes();
    const auto back = round_trip("data", Literal::bytes(bytes), text);
    RC_ASSERT(static_cast<bool>(back));
    RC_ASSERT(*back == bytes);
}

RC_GTEST_PROP(Literals, TextComesBackAsItWas, ()) {
    const auto words = utf8(*rc::gen::container<std::vector<char32_t>>(code_point()));
    const auto back = round_trip("words", words, text);
    RC_ASSERT(static_cast<bool>(back));
    RC_ASSERT(*back == words);
}

// A text literal of any bytes stays one literal: in a binary column it comes back whole, in a column of text
// it is stored as it was or refused with 1366, and never breaks out of its quotes (1064).
RC_GTEST_PROP(Literals, AnyBytesAsTextAreStoredOrRefusedButNeverBecomeSql, ()) {
    const auto bytes = *hostile_bytes();
    const auto in_text = pool().transact_blocking([&](Session& session) -> Result<std::string> {
        try {
            session.execute("INSERT INTO kept (words) VALUES (?)", bytes);
        } catch (const SqlError& error) {
            RC_ASSERT(error.code() == 1366);
            return bytes;
        }
        const auto id = session.last_insert_id();
        auto rows = session.query("SELECT words FROM kept WHERE id = ?", id);
        rows.next();
        return rows.text(0);
    });
    RC_ASSERT(static_cast<bool>(in_text));
    RC_ASSERT(*in_text == bytes);
    const auto in_bytes = round_trip("data", bytes, text);
    RC_ASSERT(static_cast<bool>(in_bytes));
    RC_ASSERT(*in_bytes == bytes);
}

// MariaDB takes the halves of surrogate pairs (ED A0 80) for characters; our JSON parser does not.
TEST(Literals, TextThatIsNotUtf8IsRefused) {
    for (const std::string bad : {"\xff", "a\xe5", "\xe5'", "\xc0\x80", "\xf8\x88\x80\x80\x80"}) {
        const auto code = pool().transact_blocking([&](Session& session) -> Result<int> {
            try {
                session.execute("INSERT INTO kept (words) VALUES (?)", bad);
            } catch (const SqlError& error) {
                return error.code();
            }
            return 0;
        });
        ASSERT_TRUE(code);
        EXPECT_EQ(*code, 1366) << bad;
    }
}

RC_GTEST_PROP(Literals, NumbersComeBackAsTheyWere, (std::uint64_t natural, std::int64_t whole)) {
    const auto first = round_trip("natural_number", natural, [](Rows& rows) { return rows.natural(0); });
    const auto second = round_trip("whole", whole, [](Rows& rows) { return rows.integer(0); });
    RC_ASSERT(first && *first == natural);
    RC_ASSERT(second && *second == whole);
}

RC_GTEST_PROP(Literals, MomentsComeBackAsTheyWere, ()) {
    const auto at = instant_of(*rc::gen::inRange<std::int64_t>(946'684'800'000'000, 7'258'118'400'000'000));
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const auto first = round_trip("at", at, [](Rows& rows) { return rows.instant(0); });
    const auto second = round_trip("day", day, [](Rows& rows) { return rows.date(0); });
    RC_ASSERT(first && *first == at);
    RC_ASSERT(second && *second == day);
}

TEST(Rows, TellEveryDayThatAColumnMayHold) {
    const auto seen = pool().transact_blocking([](Session& session) -> Result<Done> {
        auto rows = session.query(
            "SELECT CAST('0001-01-01' AS DATE), CAST('9999-12-31' AS DATE), "
            "CAST('0500-06-01 12:00:00' AS DATETIME), '2026-02-30', '0000-00-00'");
        EXPECT_TRUE(rows.next());
        using std::chrono::sys_days;
        using std::chrono::year;
        EXPECT_EQ(rows.date(0), (sys_days{year{1} / 1 / 1}));
        EXPECT_EQ(rows.optional_date(1), (sys_days{year{9999} / 12 / 31}));
        EXPECT_EQ(rows.date(2), (sys_days{year{500} / 6 / 1}));
        EXPECT_EQ(rows.instant(2), Instant{sys_days{year{500} / 6 / 1}} + std::chrono::hours{12});
        EXPECT_THROW(rows.date(3), std::runtime_error);
        EXPECT_THROW(rows.date(4), std::runtime_error);
        return Done{};
    });
    EXPECT_TRUE(seen) << seen.error().message();
}

TEST(Rows, KnowWhatIsNull) {
    const auto seen = pool().transact_blocking([](Session& session) -> Result<Done> {
        auto rows = session.query("SELECT NULL, 5, ?", std::optional<int>{});
        EXPECT_TRUE(rows.next());
        EXPECT_TRUE(rows.null(0));
        EXPECT_EQ(rows.optional_integer(1), 5);
        EXPECT_EQ(rows.optional_integer(0), std::nullopt);
        EXPECT_EQ(rows.optional_text(2), std::nullopt);
        EXPECT_THROW(rows.integer(0), std::runtime_error);
        EXPECT_THROW(rows.text(3), std::logic_error);
        EXPECT_FALSE(rows.next());
        return Done{};
    });
    EXPECT_TRUE(seen);
}

TEST(Sessions, CountMatchedRowsAndKnowTheDatabasesClock) {
    const auto done = pool().transact_blocking([](Session& session) -> Result<Done> {
        session.execute("INSERT INTO kept (whole) VALUES (?)", 77001);
        EXPECT_EQ(session.execute("UPDATE kept SET whole = whole WHERE whole = ?", 77001), 1U);
        const auto apart = session.database_now() - now();
        EXPECT_LT(std::chrono::abs(apart), std::chrono::seconds{5});
        return Done{};
    });
    EXPECT_TRUE(done);
}

TEST(Sessions, AskForTheTimeOnceATransactionAndCountOn) {
    const auto asked = [](Session& session) {
        auto rows = session.ask("SHOW SESSION STATUS LIKE 'Com_select'");
        rows.next();
        return rows.natural(1);
    };
    std::optional<Instant> earlier;
    for (int i = 0; i < 2; ++i) {
        const auto done = pool().transact_blocking([&](Session& session) -> Result<Done> {
            const auto before = asked(session);
            const auto first = session.database_now();
            EXPECT_GT(first, earlier.value_or(Instant{}));
            session.ask("SELECT SLEEP(0.02)");
            const auto second = session.database_now();
            EXPECT_GE(second - first, std::chrono::milliseconds{20});
            EXPECT_EQ(asked(session) - before, 2U);  // The first time, and the sleep.
            auto rows = session.ask("SELECT UTC_TIMESTAMP(6)");
            rows.next();
            EXPECT_LE(second, rows.instant(0));
            earlier = second;
            return Done{};
        });
        EXPECT_TRUE(done);
    }
}

TEST(Sessions, SendMoreRowsThanOnePacketHolds) {
    const std::string half_megabyte(512U << 10U, 'x');
    const auto count = pool().transact_blocking([&](Session& session) -> Result<std::uint64_t> {
        Insert insert{"INSERT INTO kept (data) VALUES"};
        for (int i = 0; i < 40; ++i) insert.row(half_megabyte);
        return insert.run(session);
    });
    ASSERT_TRUE(count);
    EXPECT_EQ(*count, 40U);
}

TEST(SqlErrors, HoldNoValues) {
    database().run("CREATE TABLE secrets (phone VARCHAR(20) NOT NULL, UNIQUE KEY only_once (phone))");
    const auto message = pool().transact_blocking([](Session& session) -> Result<std::string> {
        session.execute("INSERT INTO secrets VALUES (?)", "13800138000");
        try {
            session.execute("INSERT INTO secrets VALUES (?)", "13800138000");
        } catch (const SqlError& error) {
            EXPECT_TRUE(error.duplicate());
            return std::string{error.what()};
        }
        return std::string{};
    });
    ASSERT_TRUE(message);
    EXPECT_EQ(message->find("138"), std::string::npos) << *message;
    EXPECT_NE(message->find("only_once"), std::string::npos) << *message;
}

}  // namespace
}  // namespace shanhai::database
