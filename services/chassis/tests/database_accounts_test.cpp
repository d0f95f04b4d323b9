#include "chassis/database/accounts.hpp"

#include <gtest/gtest.h>
#include <algorithm>

namespace shanhai::database {
namespace {

TEST(Accounts, EscapeWhatGrantTakesForAPattern) {
    const auto sql = account_statements({"shanhai_orders", "one", "two", "10.0.0.%"});
    const std::string runtime =
        "GRANT SELECT, INSERT, UPDATE, DELETE ON `shanhai\\_orders`.* TO 'shanhai_orders'@'10.0.0.%'";
    EXPECT_NE(std::ranges::find(sql, runtime), sql.end());
    EXPECT_NE(std::ranges::find(sql, "DROP USER IF EXISTS 'shanhai_orders'@'%'"), sql.end());
}

TEST(Accounts, LetNobodyConnectFromAnywhereUnlessThatIsAskedFor) {
    for (const auto& statement : account_statements({"shanhai_orders", "one", "two"})) {
        if (!statement.starts_with("DROP")) {
            EXPECT_EQ(statement.find("@'%'"), std::string::npos) << statement;
        }
    }
    for (const auto& statement : account_statements({"shanhai_orders", "one", "two", "%"})) {
        EXPECT_FALSE(statement.starts_with("DROP")) << statement;
    }
}

TEST(Accounts, KnowWhatIsTooMuch) {
    const std::string to = " TO `shanhai_orders`@`localhost`";
    EXPECT_EQ(excess_of("GRANT USAGE ON *.*" + to + " IDENTIFIED BY PASSWORD '*AB'", "shanhai_orders"), "");
    EXPECT_EQ(excess_of("GRANT SELECT, DELETE ON `shanhai\\_orders`.*" + to, "shanhai_orders"), "");
    for (const std::string too_much : {"ALL PRIVILEGES ON *.*", "ALL PRIVILEGES ON `shanhai\\_orders`.*",
                                       "SELECT, DROP ON `shanhai\\_orders`.*", "SELECT ON `shanhai_orders`.*",
                                       "SELECT ON `shanhai\\_audit`.*", "SELECT ON *.*", "SUPER ON *.*"}) {
        EXPECT_EQ(excess_of("GRANT " + too_much + to, "shanhai_orders"), too_much);
    }
    EXPECT_NE(excess_of("GRANT USAGE ON *.*" + to + " WITH GRANT OPTION", "shanhai_orders"), "");
}

}  // namespace
}  // namespace shanhai::database
