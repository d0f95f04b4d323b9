#include "integration/identity/fixture.hpp"

#include <ctime>
#include <limits>

namespace shanhai::identity {
namespace {

TEST_F(Identity, HasAnAdministratorFromTheStart) {
    const auto answer = log_in_as_admin();
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(text_of(answer, "token_type"), "Bearer");
    EXPECT_EQ(answer.json().at("expires_in").as_int64(), 600);
    EXPECT_EQ(answer.header("Cache-Control"), "no-store");

    const auto self = me(text_of(answer, "access_token"));
    ASSERT_EQ(self.status, 200) << self.body;
    EXPECT_EQ(text_of(self, "login"), "admin");
    EXPECT_EQ(self.json().at("roles"), json::array{"admin"});
}

TEST_F(Identity, KeepsTheAdministratorOverRestarts) {
    host_.run(make_service);
    EXPECT_EQ(log_in_as_admin().status, 200);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM account"), 1);
}

TEST_F(Identity, AnswersWrongPasswordsAndUnknownLoginsAlike) {
    const auto wrong = log_in("admin", "not the password");
    const auto unknown = log_in("nobody", "not the password");
    EXPECT_EQ(wrong.status, 401);
    EXPECT_EQ(wrong.problem(), "login-failed");
    EXPECT_EQ(unknown.status, 401);
    EXPECT_EQ(wrong.body, unknown.body);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM session"), 0);
}

TEST_F(Identity, WorksAboutAsMuchForUnknownLogins) {
    // The processor's time of this process, in which the service runs: others on the machine do not count.
    const auto least_work = [&](const std::string& login) {
        auto least = std::numeric_limits<std::clock_t>::max();
        for (int i = 0; i < 5; ++i) {
            const auto begun = std::clock();
            EXPECT_EQ(log_in(login, "not the password").status, 401);
            least = std::min(least, std::clock() - begun);
        }
        return static_cast<double>(least);
    };
    // A password costs tens of milliseconds: without the decoy the ratio would be ten or more.
    const double ratio = least_work("admin") / least_work("nobody");
    EXPECT_GT(ratio, 0.4);
    EXPECT_LT(ratio, 2.5);
}

TEST_F(Identity, LimitsAttemptsAtOneLoginAlsoOverRestarts) {
    for (int i = 0; i < 10; ++i) {
        const auto answer = log_in("Admin", "guess");
        ASSERT_EQ(answer.status, 401);
        EXPECT_EQ(answer.header("RateLimit-Policy"),
                  R"("address";q=60;w=300, "login";q=10;w=300, "account";q=600;w=300)");
        EXPECT_TRUE(answer.header("RateLimit").starts_with("\"login\";r=" + std::to_string(9 - i) + ";t="));
    }
    host_.run(make_service);
    const auto answer = log_in_as_admin();
    EXPECT_EQ(answer.status, 429);
    EXPECT_EQ(answer.problem(), "login-rate-limited");
    const auto wait = std::stoi(answer.header("Retry-After"));
    EXPECT_GT(wait, 0);
    EXPECT_LE(wait, 300);
    EXPECT_EQ(log_in("somebody-else", "guess").status, 401);

    host_.transact([](database::Session& session) {
        session.run("UPDATE login_window SET started_at = started_at - INTERVAL 301 SECOND");
    });
    EXPECT_EQ(log_in_as_admin().status, 200);
}

TEST_F(Identity, LimitsAttemptsFromOneAddress) {
    host_.transact([](database::Session& session) {
        session.execute("INSERT INTO login_window VALUES ('address', ?, ?, 60)",
                        database::Literal::bytes(security::sha256("")), session.now());
    });
    EXPECT_EQ(log_in_as_admin().status, 429);
}

TEST_F(Identity, WhatOneLoginRefusesUsesUpNobodyElsesAddress) {
    for (int i = 0; i < 10; ++i) ASSERT_EQ(log_in("one", "guess").status, 401);
    for (int i = 0; i < 60; ++i) ASSERT_EQ(log_in("one", "guess").status, 429);
    EXPECT_EQ(log_in("another", "guess").status, 401) << "who sits in the same office";
    EXPECT_EQ(log_in_as_admin().status, 200);
}

TEST_F(Identity, ForgivesTypingErrorsOnceTheOwnerIsIn) {
    for (int i = 0; i < 9; ++i) log_in("admin", "typo");
    ASSERT_EQ(log_in_as_admin().status, 200);
    EXPECT_EQ(log_in("admin", "typo").status, 401);
    EXPECT_EQ(host_.number("SELECT attempts FROM login_window WHERE scope = 'login'"), 1);
    EXPECT_EQ(host_.number("SELECT attempts FROM login_window WHERE scope = 'address'"), 9)
        << "from an address that is known now nothing else is counted";
}

TEST_F(Identity, CountsParallelGuessesOneByOne) {
    std::vector<int> statuses(16);
    std::vector<std::thread> threads;
    for (auto& status : statuses) threads.emplace_back([&] { status = log_in("admin", "guess").status; });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(std::ranges::count(statuses, 401), 10);
    EXPECT_EQ(std::ranges::count(statuses, 429), 6);
}

TEST_F(Identity, RotatesRefreshTokens) {
    auto token = text_of(log_in_as_admin(), "refresh_token");
    for (int i = 0; i < 3; ++i) {
        const auto answer = refresh(token);
        ASSERT_EQ(answer.status, 200) << answer.body;
        EXPECT_NE(text_of(answer, "refresh_token"), token);
        EXPECT_EQ(me(text_of(answer, "access_token")).status, 200);
        token = text_of(answer, "refresh_token");
    }
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM session"), 1);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM refresh_token WHERE used_at IS NULL"), 1);
}

TEST_F(Identity, GivesTheSameSuccessorToTwoTabs) {
    const auto token = text_of(log_in_as_admin(), "refresh_token");
    std::vector<Answer> answers(4);
    std::vector<std::thread> threads;
    for (auto& answer : answers) threads.emplace_back([&] { answer = refresh(token); });
    for (auto& thread : threads) thread.join();
    for (const auto& answer : answers) {
        ASSERT_EQ(answer.status, 200) << answer.body;
        EXPECT_EQ(text_of(answer, "refresh_token"), text_of(answers.front(), "refresh_token"));
    }
    EXPECT_EQ(live_sessions(), 1);
    EXPECT_EQ(refresh(text_of(answers.front(), "refresh_token")).status, 200);
}

TEST_F(Identity, EndsTheSessionWhenATokenIsUsedAgainLater) {
    const auto stolen = text_of(log_in_as_admin(), "refresh_token");
    const auto bystander = text_of(log_in_as_admin(), "refresh_token");
    const auto current = text_of(refresh(stolen), "refresh_token");
    host_.transact([](database::Session& session) {
        session.run(
            "UPDATE refresh_token SET used_at = used_at - INTERVAL 31 SECOND WHERE used_at IS NOT NULL");
    });
    const auto again = refresh(stolen);
    EXPECT_EQ(again.status, 401);
    EXPECT_EQ(again.problem(), "refresh-reused");
    EXPECT_EQ(refresh(current).problem(), "refresh-invalid") << "the family lives on";
    EXPECT_EQ(refresh(bystander).status, 200) << "another session was ended too";
}

TEST_F(Identity, EndsTheSessionWhenATokenIsUsedAgainFromElsewhere) {
    const auto stolen = text_of(log_in_as_admin(), "refresh_token");
    const auto current = text_of(refresh(stolen), "refresh_token");
    host_.come_from("203.0.113.9");
    EXPECT_EQ(refresh(stolen).problem(), "refresh-reused") << "the grace is for the same client";
    EXPECT_EQ(refresh(current).problem(), "refresh-invalid");
}

TEST_F(Identity, EndsASessionAfterItsLongestLifeHoweverBusy) {
    const auto token = text_of(log_in_as_admin(), "refresh_token");
    host_.transact([](database::Session& session) {
        session.run("UPDATE session SET started_at = started_at - INTERVAL 11 HOUR - INTERVAL 55 MINUTE");
    });
    const auto last = refresh(token);
    ASSERT_EQ(last.status, 200);
    EXPECT_LE(last.json().at("expires_in").as_int64(), 300) << "no access token outlives its session";
    host_.transact([](database::Session& session) {
        session.run("UPDATE session SET started_at = started_at - INTERVAL 5 MINUTE");
    });
    EXPECT_EQ(refresh(text_of(last, "refresh_token")).problem(), "refresh-invalid");
}

TEST_F(Identity, IsNotLockedByAStrangerWhoIsWrong) {
    host_.come_from("198.51.100.7");
    for (int i = 0; i < 10; ++i) EXPECT_EQ(log_in("admin", "guess").status, 401);
    EXPECT_EQ(log_in("admin", "guess").status, 429);
    host_.come_from("192.0.2.1");
    EXPECT_EQ(log_in_as_admin().status, 200) << "the owner, from elsewhere";
    // And behind one address with the stranger, where the owner signed in before.
    for (int i = 0; i < 20; ++i) EXPECT_EQ(log_in("admin", "guess").status, 401);
    EXPECT_EQ(log_in_as_admin().status, 200);
}

TEST_F(Identity, SparesKnownAddressesWhenAllTheWorldGuesses) {
    host_.come_from("192.0.2.1");
    ASSERT_EQ(log_in_as_admin().status, 200);
    host_.transact([](database::Session& session) {
        session.execute("REPLACE INTO login_window VALUES ('account', ?, ?, 600)",
                        database::Literal::bytes(security::sha256("admin")), session.now());
    });
    EXPECT_EQ(log_in_as_admin().status, 200);
    host_.come_from("192.0.2.2");
    EXPECT_EQ(log_in_as_admin().status, 429) << "a new address has to wait";
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM login_address"), 1);
}

TEST_F(Identity, RefusesRefreshTokensThatAreNotCurrent) {
    const auto token = text_of(log_in_as_admin(), "refresh_token");
    EXPECT_EQ(refresh(token + "A").problem(), "refresh-invalid");
    EXPECT_EQ(refresh("nonsense").problem(), "refresh-invalid");
    EXPECT_EQ(refresh("").status, 422);

    host_.transact([](database::Session& session) {
        session.run(
            "UPDATE refresh_token SET issued_at = issued_at - INTERVAL 31 DAY,"
            " expires_at = expires_at - INTERVAL 31 DAY");
    });
    EXPECT_EQ(refresh(token).problem(), "refresh-invalid");
}

TEST_F(Identity, ForgetsWhatHasExpiredAndNothingElse) {
    const auto old = text_of(log_in_as_admin(), "refresh_token");
    log_in("somebody", "guess");
    host_.transact([](database::Session& session) {
        session.run(
            "UPDATE refresh_token SET issued_at = issued_at - INTERVAL 31 DAY,"
            " expires_at = expires_at - INTERVAL 31 DAY");
        session.run("UPDATE login_window SET started_at = started_at - INTERVAL 1 HOUR");
    });
    const auto current = text_of(log_in_as_admin(), "refresh_token");
    MysqlIdentityStore store{host_.pool(), {}, SessionLife{}, "key", FactorVault{"key"}};
    ASSERT_TRUE(store.forget_expired());

    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM refresh_token"), 1);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM login_window"), 1)
        << "of the login just used, from an address that is known now";
    EXPECT_EQ(refresh(old).problem(), "refresh-invalid");
    EXPECT_EQ(refresh(current).status, 200);
}

TEST_F(Identity, StoresNoTokenAndNoPassword) {
    const auto token = text_of(log_in_as_admin(), "refresh_token");
    host_.transact([&](database::Session& session) {
        auto rows = session.query("SELECT t.token_hash, a.password_hash FROM refresh_token t, account a");
        ASSERT_TRUE(rows.next());
        EXPECT_EQ(rows.text(0), security::sha256(token));
        EXPECT_TRUE(rows.text(1).starts_with("$argon2id$"));
    });
}

TEST_F(Identity, EndsTheSessionAtLogout) {
    const auto token = text_of(log_in_as_admin(), "refresh_token");
    EXPECT_EQ(with_token("/v1/auth/logout", token).status, 204);
    EXPECT_EQ(with_token("/v1/auth/logout", token).status, 204) << "saying it twice is no failure";
    EXPECT_EQ(with_token("/v1/auth/logout", "unknown").status, 204);
    EXPECT_EQ(refresh(token).problem(), "refresh-invalid");
    EXPECT_EQ(live_sessions(), 0);
}

}  // namespace
}  // namespace shanhai::identity
