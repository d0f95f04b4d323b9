#include "chassis/database/accounts.hpp"
#include "support/certificate.hpp"
#include "support/database.hpp"
#include "support/servers.hpp"

#include <gtest/gtest.h>
#include <algorithm>

namespace shanhai::database {
namespace {

using namespace std::chrono_literals;

/// Both accounts of a service on the shared server, made as an administrator would make them.
class AccountsTest : public testing::Test {
protected:
    AccountsTest() {
        accounts_ = {database_.options().schema, "one", "two"};
        make();
        // As a wildcard, «_» would open this one too.
        neighbour_ = accounts_.schema;
        std::ranges::replace(neighbour_, '_', 'x');
        database_.run("CREATE DATABASE " + neighbour_);
        database_.run("CREATE TABLE " + neighbour_ + ".secret (id INT PRIMARY KEY) ENGINE = InnoDB");
    }
    ~AccountsTest() override {
        database_.run("DROP DATABASE " + neighbour_);
        for (const std::string host : {"'localhost'", "'127.0.0.1'", "'::1'"}) {
            database_.run("DROP USER " + accounts_.schema + "@" + host + ", " + accounts_.schema + "_owner@" +
                          host);
        }
    }
    void make() {
        for (const auto& statement : account_statements(accounts_)) database_.run(statement);
    }
    PoolOptions options() const {
        auto options = database_.options();
        options.user = accounts_.schema;
        options.password = accounts_.password;
        options.owner_user = accounts_.schema + "_owner";
        options.owner_password = accounts_.owner_password;
        return options;
    }
    static bool works(Pool& pool, const std::string& sql) {
        return static_cast<bool>(pool.transact_blocking([&](Session& session) -> Result<Done> {
            sql.starts_with("SELECT") ? (void)session.ask(sql) : (void)session.run(sql);
            return Done{};
        }));
    }

    support::Database database_;
    Accounts accounts_;
    std::string neighbour_;
};

const Schema things{
    {"0001_things", "CREATE TABLE IF NOT EXISTS thing (id INT PRIMARY KEY) ENGINE = InnoDB;\n"}};

TEST_F(AccountsTest, TheOwnerMigratesAndTheServiceKeepsToRows) {
    Pool pool{options()};
    ASSERT_TRUE(migrate(pool, things, 10s));
    for (const std::string allowed : {"INSERT INTO thing (id) VALUES (1)", "UPDATE thing SET id = 2",
                                      "SELECT id FROM thing", "DELETE FROM thing"}) {
        EXPECT_TRUE(works(pool, allowed)) << allowed;
    }
    for (const std::string& refused :
         {std::string{"CREATE TABLE other (id INT)"}, std::string{"DROP TABLE thing"},
          std::string{"ALTER TABLE thing ADD COLUMN more INT"}, std::string{"TRUNCATE thing"},
          "SELECT id FROM " + neighbour_ + ".secret", "CREATE DATABASE " + neighbour_ + "2",
          "GRANT SELECT ON `" + accounts_.schema + "`.* TO 'root'@'localhost'"}) {
        EXPECT_FALSE(works(pool, refused)) << refused;
    }
    const auto excess = excessive_rights(pool);
    ASSERT_TRUE(excess);
    EXPECT_TRUE(excess->empty());
}

TEST_F(AccountsTest, RightsOfBeforeAreFoundAndTakenAway) {
    // What the first release printed.
    database_.run("CREATE USER " + accounts_.schema + "@'%' IDENTIFIED BY 'one'");
    database_.run("GRANT ALL ON `" + accounts_.schema + "`.* TO " + accounts_.schema + "@'localhost'");
    {
        Pool pool{options()};
        const auto excess = excessive_rights(pool);
        ASSERT_TRUE(excess);
        ASSERT_EQ(excess->size(), 1U);
        EXPECT_EQ(excess->front(), "ALL PRIVILEGES ON `" + accounts_.schema + "`.*");
    }
    make();
    Pool pool{options()};
    EXPECT_TRUE(excessive_rights(pool)->empty());
    EXPECT_FALSE(works(pool, "SELECT id FROM " + neighbour_ + ".secret"));
    EXPECT_EQ(database_.number("SELECT COUNT(*) FROM mysql.user WHERE host = '%' AND user = '" +
                               accounts_.schema + "'"),
              0);
}

TEST(DatabaseTls, IsSpokenToAServerThatProvesItselfAndToNoOther) {
    const support::Certificate certificate;
    const support::Certificate another;
    const auto ping = [&](const support::MariaDb& server, const support::Certificate& trusted) {
        auto options = server.options("tls");
        options.socket.clear();
        options.tls_ca = trusted.certificate_file();
        Pool pool{options};
        return pool.transact_blocking([](Session& session) -> Result<std::string> {
            auto rows = session.query("SHOW SESSION STATUS LIKE 'Ssl_cipher'");
            rows.next();
            return rows.text(1);
        });
    };
    const support::MariaDb clear;
    const auto refused = ping(clear, certificate);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), "database-unavailable");
    const support::MariaDb safe{
        {"--ssl-cert=" + certificate.certificate_file(), "--ssl-key=" + certificate.key_file()}};
    const auto cipher = ping(safe, certificate);
    ASSERT_TRUE(cipher) << cipher.error().message();
    EXPECT_NE(*cipher, "");
    EXPECT_FALSE(ping(safe, another));
}

}  // namespace
}  // namespace shanhai::database
