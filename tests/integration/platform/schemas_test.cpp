#include "catalog/service.hpp"
#include "chassis/database/migrations.hpp"
#include "chassis/database/schema.hpp"
#include "registry.hpp"
#include "support/database.hpp"

#include <gtest/gtest.h>
#include <algorithm>

namespace shanhai::database {
namespace {

constexpr std::chrono::seconds patience{20};

struct Named {
    std::string_view service;
    Schema schema;
};

std::vector<Named> all_schemas() {
    std::vector<Named> schemas;
    for (const auto& entry : all_services()) schemas.push_back({entry.name, entry.schema()});
    return schemas;
}

/// Every column, key and rule of a schema, in words that do not depend on its name.
std::string description(support::Database& database) {
    return database.text(
        "SELECT GROUP_CONCAT(word ORDER BY word SEPARATOR '\n') FROM ("
        " SELECT CONCAT_WS(' ', table_name, column_name, column_type, is_nullable, column_default,"
        "  character_set_name, collation_name, extra, generation_expression) AS word"
        " FROM information_schema.columns WHERE table_schema = DATABASE()"
        " UNION ALL SELECT CONCAT_WS(' ', table_name, index_name, seq_in_index, column_name, non_unique)"
        " FROM information_schema.statistics WHERE table_schema = DATABASE()"
        " UNION ALL SELECT CONCAT_WS(' ', table_name, constraint_name, check_clause)"
        " FROM information_schema.check_constraints WHERE constraint_schema = DATABASE()"
        " UNION ALL SELECT CONCAT_WS(' ', table_name, constraint_name, referenced_table_name)"
        " FROM information_schema.referential_constraints WHERE constraint_schema = DATABASE()) AS words");
}

class SchemaTest : public testing::TestWithParam<Named> {
protected:
    support::Database database_;
    Pool pool_{database_.options()};
};

// A process that is killed after any statement, and before the file was recorded, begins the file again.
TEST_P(SchemaTest, MayBeInterruptedAfterAnyStatement) {
    ASSERT_TRUE(migrate(pool_, {}, patience));
    auto files = chassis_schema();
    files.insert(files.end(), GetParam().schema.begin(), GetParam().schema.end());
    for (const auto& file : files) {
        const auto statements = statements_of(file.sql);
        for (std::size_t done = 1; done <= statements.size(); ++done) {
            for (std::size_t i = 0; i < done; ++i) {
                ASSERT_NO_THROW(database_.run(statements[i])) << file.name << ", again: " << statements[i];
            }
        }
    }
    ASSERT_TRUE(migrate(pool_, GetParam().schema, patience));
    support::Database clean{GetParam().schema};
    EXPECT_EQ(description(database_), description(clean));
}

TEST_P(SchemaTest, ComparesEveryTextByItsBytes) {
    ASSERT_TRUE(migrate(pool_, GetParam().schema, patience));
    EXPECT_EQ(
        database_.text("SELECT COALESCE(GROUP_CONCAT(table_name, '.', column_name), '') FROM"
                       " information_schema.columns WHERE table_schema = DATABASE() AND collation_name IS NOT"
                       " NULL AND collation_name NOT LIKE '%\\_bin'"),
        "");
}

TEST_P(SchemaTest, TakesOverADatabaseWhoseFilesWereRewrittenSince) {
    ASSERT_TRUE(migrate(pool_, GetParam().schema, patience));
    // As the first release recorded its file: under the hash that the file still names.
    const auto& first = GetParam().schema.front();
    const auto mark = first.sql.find("-- released-as: ");
    if (mark == std::string::npos) GTEST_SKIP() << "it was never rewritten";
    const auto released = first.sql.substr(mark + 16, 64);
    database_.run("UPDATE migration SET sha256 = '" + released + "' WHERE name = '" + first.name + "'");
    EXPECT_TRUE(migrate(pool_, GetParam().schema, patience));
    EXPECT_NE(database_.text("SELECT sha256 FROM migration WHERE name = '" + first.name + "'"), released);
}

INSTANTIATE_TEST_SUITE_P(OfEachService, SchemaTest, testing::ValuesIn(all_schemas()),
                         [](const auto& given) { return std::string{given.param.service}; });

TEST(Upgrade, KnowsWhenEachCertificationWasEntered) {
    support::Database database;
    Pool pool{database.options()};
    auto schema = catalog::schema();
    const auto offices = std::ranges::find_if(schema, [](const auto& file) { return file.name >= "0040"; });
    ASSERT_NE(offices, schema.end());
    ASSERT_TRUE(migrate(pool, Schema{schema.begin(), offices}, patience));
    for (const char* statement :
         {"INSERT INTO county (county_code, name, short_name, prefecture, province, assisted) "
          "VALUES ('530624', '大关县', '大关县', '昭通市', '云南省', 1)",
          "INSERT INTO merchant (merchant_id, name, kind, county_code, organisation_id, self_operated, "
          "sample, "
          "active, area_note, created_at) "
          "VALUES (1, '合作社', 'COOPERATIVE', '530624', 0, 0, 0, 1, '', UTC_TIMESTAMP(6))",
          "INSERT INTO product (product_id, merchant_id, county_code, name, version, listed, created_at) "
          "VALUES (1, 1, '530624', '真面', 1, 1, UTC_TIMESTAMP(6)), "
          "(2, 1, '530624', '示例面', 1, 1, UTC_TIMESTAMP(6))",
          "INSERT INTO sku (product_id, gtin, name, net_content_g, quantity_max, min_remaining_days, "
          "price_version) VALUES (1, '06901234567892', '袋', 500, 9, 0, 1), "
          "(2, '09525306240017', '袋', 500, 9, 0, 1)",
          "INSERT INTO certification (certification_id, product_id, scheme, year, authority, number, "
          "valid_from, valid_to, state, state_since, reason) "
          "VALUES (1, 1, 'MINHANG_YOUPIN', 2026, 'x', '1', '2026-01-01', '2027-01-01', 'SUSPENDED', "
          "'2026-07-01 08:00:00', ''), (2, 2, 'MINHANG_YOUPIN', 2026, 'x', '2', '2026-01-01', '2027-01-01', "
          "'CERTIFIED', '2026-06-01 08:00:00', '')",
          "INSERT INTO certification_state (certification_id, step, state, reason, at, by_account) "
          "VALUES (1, 1, 'CERTIFIED', '', '2026-06-01 08:00:00', 1), "
          "(1, 2, 'SUSPENDED', '', '2026-07-01 08:00:00', 1), "
          "(2, 1, 'CERTIFIED', '', '2026-06-01 08:00:00', 1)"}) {
        database.run(statement);
    }
    ASSERT_TRUE(migrate(pool, schema, patience));
    EXPECT_EQ(database.text("SELECT GROUP_CONCAT(recorded_at ORDER BY certification_id) FROM certification"),
              "2026-06-01 08:00:00.000000,2025-12-31 16:00:00.000000")
        << "when it was entered, not when it was suspended; the past of samples is invented";
}

TEST(Texts, ThatDifferInARareCharacterAreTwo) {
    support::Database database;
    Pool pool{database.options()};
    database.run(
        "CREATE TABLE shop (name VARCHAR(40) NOT NULL DEFAULT 'a', note VARCHAR(9) NULL, UNIQUE KEY one "
        "(name))"
        " DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_general_ci");
    ASSERT_TRUE(migrate(pool, {}, patience));
    database.run("INSERT INTO shop (name) VALUES ('𠮷合作社')");
    EXPECT_NO_THROW(database.run("INSERT INTO shop (name) VALUES ('𡈽合作社')"));
    EXPECT_THROW(database.run("INSERT INTO shop (name) VALUES ('𠮷合作社')"), std::runtime_error);
    database.run("INSERT INTO shop () VALUES ()");
    EXPECT_EQ(database.text("SELECT name FROM shop WHERE note IS NULL AND name = 'a'"), "a");
}

}  // namespace
}  // namespace shanhai::database
