#include "integration/identity/team.hpp"

#include "chassis/events/withdrawals.hpp"
#include "chassis/security/operations.hpp"
#include "chassis/security/totp.hpp"
#include "identity/domain/api_key.hpp"
#include "integration/chassis/events_fixture.hpp"
#include "support/base32.hpp"

#include <future>

namespace shanhai::identity {
namespace {

/// With a gate that follows what identity withdraws, as in every process.
class ApiKeysOfAHouse : public Team {
protected:
    ApiKeysOfAHouse() {
        const auto url = "http://127.0.0.1:" + std::to_string(served_.port());
        follower_ = std::make_unique<events::WithdrawalFollower>(
            events::FeedReader{"identity", url, host_.secrets().read("internal_feed"),
                               host_.secrets().ring("facts_identity")},
            host_.revocations());
        follower_->start();
    }
    ~ApiKeysOfAHouse() override { follower_.reset(); }

    static json::object wanted(const json::array& scopes = {"goods:write"}) {
        return {{"name", "进销存"}, {"scopes", scopes}, {"password", owner_password}};
    }
    static json::object but(json::object body, const char* member, json::value value) {
        body[member] = std::move(value);
        return body;
    }
    struct Key {
        std::uint64_t id = 0;
        std::string secret;
    };
    Key made(const json::object& body = wanted()) {
        const auto answer = by_owner("POST", "/v1/api-keys", body);
        EXPECT_EQ(answer.status, 201) << answer.body;
        return {answer.json().at("api_key_id").to_number<std::uint64_t>(), text_of(answer, "api_key")};
    }
    Answer exchange(const std::string& secret) {
        return host_.call("POST", "/v1/auth/tokens", json::serialize(json::object{{"api_key", secret}}));
    }
    std::string token_for(const Key& key) { return text_of(exchange(key.secret), "access_token"); }
    Answer withdraw(const Key& key) { return by_owner("POST", path_of(key)); }
    static std::string path_of(const Key& key) {
        return "/v1/api-keys/" + std::to_string(key.id) + "/withdrawal";
    }
    Answer listed() { return by_owner("GET", "/v1/api-keys"); }
    std::uint64_t second_owner() { return opened("second.owner", {"merchant"}, house_, "OWNER"); }
    Answer choose(const std::string& password, const std::string& next) {
        return host_.call("POST", "/v1/auth/password",
                          json::serialize(json::object{
                              {"login", "qiongzhu.owner"}, {"password", password}, {"new_password", next}}));
    }
    /// So many more of the house, made behind the service's back.
    void write_keys(database::Session& session, std::uint64_t maker, int count) const {
        for (int i = 0; i < count; ++i) {
            session.execute(
                "INSERT INTO api_key (organisation_id, name, prefix, key_hash, scopes, made_by, made_at, "
                "expires_at) VALUES (?, '进销存', 'shk_12345678', UNHEX(SHA2(UUID(), 256)), 'goods:write', ?, "
                "?, ?)",
                house_, maker, now(), now() + 24h);
        }
    }
    /// Whether it comes to say nothing.
    bool is_void(const std::string& token) {
        return support::eventually(
            [&] { return as(token, "GET", "/v1/auth/me").problem() == "token-revoked"; });
    }

    events::Served served_{host_.internal()};
    std::unique_ptr<events::WithdrawalFollower> follower_;
};

TEST_F(ApiKeysOfAHouse, AreToldOnceAndKeptAsTheirHash) {
    const auto answer = by_owner("POST", "/v1/api-keys", wanted({"origin:read", "goods:write"}));
    ASSERT_EQ(answer.status, 201) << answer.body;
    EXPECT_EQ(answer.header("Cache-Control"), "no-store");
    const auto secret = text_of(answer, "api_key");
    EXPECT_TRUE(secret.starts_with("shk_"));
    EXPECT_EQ(secret.size(), 47U);
    const auto hash = security::hex(security::sha256(secret));
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM api_key WHERE key_hash = UNHEX('" + hash + "')"), 1);
    const auto all = listed().json().at("items").as_array();
    ASSERT_EQ(all.size(), 1U);
    const auto& one = all.at(0).as_object();
    EXPECT_FALSE(one.contains("api_key"));
    EXPECT_EQ(one.at("prefix").as_string(), secret.substr(0, 12));
    EXPECT_EQ(one.at("state").as_string(), "ACTIVE");
    EXPECT_EQ(json::serialize(one.at("scopes")), R"(["goods:write","origin:read"])");
    EXPECT_EQ(one.at("made_by").to_number<std::uint64_t>(), account_of("qiongzhu.owner"));
    EXPECT_FALSE(one.contains("last_used_at"));
    EXPECT_TRUE(as(token_of("other.owner"), "GET", "/v1/api-keys").json().at("items").as_array().empty());
}

TEST_F(ApiKeysOfAHouse, BecomeShortTokensOfAClerkWithinScopes) {
    const auto key = made();
    const auto answer = exchange(key.secret);
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(answer.header("Cache-Control"), "no-store");
    EXPECT_EQ(text_of(answer, "token_type"), "Bearer");
    EXPECT_EQ(text_of(answer, "scope"), "goods:write");
    EXPECT_EQ(answer.json().at("expires_in").to_number<int>(), 600);
    EXPECT_FALSE(answer.json().as_object().contains("refresh_token"));
    const security::TokenVerifier verifier{host_.secrets().read("access_token_public")};
    const auto principal = verifier.verify(text_of(answer, "access_token"));
    ASSERT_TRUE(principal);
    EXPECT_EQ(principal->account, account_of("qiongzhu.owner"));
    EXPECT_EQ(principal->organisation, house_);
    EXPECT_EQ(principal->roles, std::vector<std::string>{"merchant"})
        << "whoever made it is an owner, it is not";
    EXPECT_EQ(principal->scopes, std::vector<std::string>{"goods:write"});
    EXPECT_TRUE(listed().json().at("items").at(0).as_object().contains("last_used_at"));
}

TEST_F(ApiKeysOfAHouse, DoNothingThatTakesAPerson) {
    json::array all;
    for (const auto scope : security::key_scopes()) all.emplace_back(scope);
    const auto key = made(wanted(all));
    const auto token = token_for(key);
    EXPECT_EQ(as(token, "POST", "/v1/api-keys", wanted()).problem(), "role-missing");
    EXPECT_EQ(as(token, "GET", "/v1/api-keys").problem(), "role-missing");
    EXPECT_EQ(as(token, "POST", "/v1/invitations", {{"position", "OWNER"}}).problem(), "role-missing");
    EXPECT_EQ(as(token, "GET", "/v1/team").problem(), "person-needed");
    EXPECT_EQ(as(token, "GET", "/v1/auth/me").problem(), "person-needed");
    EXPECT_EQ(as(token, "POST", "/v1/auth/logout-all").problem(), "person-needed");
    EXPECT_EQ(as(token, "POST", "/v1/auth/password", {}).problem(), "person-needed");
    EXPECT_EQ(refresh(key.secret).problem(), "refresh-invalid");
}

TEST_F(ApiKeysOfAHouse, AreVoidAtOnceWhenWithdrawn) {
    const auto key = made();
    const auto other = made();
    const auto token = token_for(key);
    const auto kept = token_for(other);
    EXPECT_EQ(as(token_of("other.owner"), "POST", path_of(key)).problem(), "api-key-unknown");
    EXPECT_EQ(by_owner("POST", "/v1/api-keys/99/withdrawal").problem(), "api-key-unknown");
    EXPECT_EQ(text_of(withdraw(key), "state"), "WITHDRAWN");
    EXPECT_EQ(text_of(withdraw(key), "state"), "WITHDRAWN") << "twice is no failure";
    EXPECT_EQ(exchange(key.secret).problem(), "api-key-withdrawn");
    EXPECT_TRUE(is_void(token));
    EXPECT_EQ(as(kept, "GET", "/v1/auth/me").problem(), "person-needed") << "the other key goes on";
    EXPECT_EQ(text_of(host_.call_as("admin", "POST", path_of(other)), "state"), "WITHDRAWN");
    EXPECT_TRUE(is_void(kept));
}

TEST_F(ApiKeysOfAHouse, EndWithTheirTimeAndWithTheirMaker) {
    EXPECT_EQ(exchange("shk_none").problem(), "api-key-invalid");
    EXPECT_EQ(exchange("").pointer(), "/api_key");
    host_.clock().hold(now());
    const auto short_one = made(but(wanted(), "days", 1));
    const auto long_one = made(but(wanted(), "days", 366));
    host_.clock().turn(24h - 5min);
    EXPECT_EQ(exchange(short_one.secret).json().at("expires_in").to_number<int>(), 300)
        << "no token outlives its key";
    host_.clock().turn(5min);
    EXPECT_EQ(exchange(short_one.secret).problem(), "api-key-expired");
    const auto token = token_for(long_one);
    ASSERT_EQ(host_
                  .call_as("admin", "POST",
                           "/v1/accounts/" + std::to_string(account_of("qiongzhu.owner")) + "/state",
                           R"({"disabled":true})")
                  .status,
              204);
    EXPECT_EQ(exchange(long_one.secret).problem(), "api-key-withdrawn");
    EXPECT_TRUE(is_void(token));
}

TEST_F(ApiKeysOfAHouse, OutliveTheSessionsAndTheOwnChangeOfAPasswordOfTheirMaker) {
    const auto key = made();
    const auto token = token_for(key);
    ASSERT_EQ(by_owner("POST", "/v1/auth/logout-all").status, 204);
    EXPECT_TRUE(is_void(token)) << "all sessions ended, its own too";
    const auto again = token_for(key);
    EXPECT_EQ(as(again, "GET", "/v1/auth/me").problem(), "person-needed") << "it is the house's, and goes on";
    EXPECT_EQ(token_for(key).empty(), false);
    EXPECT_EQ(host_.number("SELECT COUNT(DISTINCT session_id) FROM api_key WHERE session_id IS NOT NULL"), 1);
    ASSERT_EQ(choose(owner_password, "nine crooked lanterns").status, 204);
    EXPECT_EQ(exchange(key.secret).status, 200);
}

/// Whoever had stolen the account may have made keys.
TEST_F(ApiKeysOfAHouse, EndWhenTheAccountOfTheirMakerIsRecovered) {
    second_owner();
    const auto colleague = token_of("second.owner");
    const auto theirs = text_of(as(colleague, "POST", "/v1/api-keys", wanted()), "api_key");
    const auto id = account_of("qiongzhu.owner");

    const auto before_link = made();
    const auto invited = text_of(as(owner_, "POST", "/v1/invitations", {{"position", "OWNER"}}), "token");
    const auto token = token_for(before_link);
    const auto link = text_of(as(colleague, "POST", reset_path(id)), "token");
    EXPECT_EQ(exchange(before_link.secret).status, 200) << "a link alone changes nothing";
    ASSERT_EQ(reset(link, "nine crooked lanterns").status, 204);
    EXPECT_EQ(exchange(before_link.secret).problem(), "api-key-withdrawn");
    EXPECT_TRUE(is_void(token));
    EXPECT_EQ(preview(invited).problem(), "link-withdrawn");

    owner_ = token_of("qiongzhu.owner", "nine crooked lanterns");
    const auto before_reset = made(but(wanted(), "password", "nine crooked lanterns"));
    const auto path = "/v1/accounts/" + std::to_string(id) + "/password";
    const auto given = host_.call_as("admin", "POST", path);
    ASSERT_EQ(given.status, 200) << given.body;
    EXPECT_EQ(exchange(before_reset.secret).problem(), "api-key-withdrawn");
    ASSERT_EQ(choose(text_of(given, "temporary_password"), "the river at dawn").status, 204);
    EXPECT_EQ(exchange(before_reset.secret).problem(), "api-key-withdrawn");
    EXPECT_EQ(exchange(theirs).status, 200) << "another owner's goes on";
}

TEST_F(ApiKeysOfAHouse, StandInTheirListTheNewestFirst) {
    host_.transact([&](database::Session& session) {
        write_keys(session, account_of("qiongzhu.owner"), 30);
        session.execute("UPDATE api_key SET withdrawn_at = made_at");
    });
    const auto newest = made();
    std::vector<std::uint64_t> ids;
    std::string query = "?limit=20";
    while (!query.empty()) {
        const auto page = by_owner("GET", "/v1/api-keys" + query);
        ASSERT_EQ(page.status, 200) << page.body;
        const auto body = page.json();
        for (const auto& one : body.at("items").as_array())
            ids.push_back(one.at("api_key_id").to_number<std::uint64_t>());
        const auto& next = body.at("next");
        query = next.is_null() ? "" : "?limit=20&cursor=" + std::string{next.as_string()};
    }
    ASSERT_EQ(ids.size(), 31U);
    EXPECT_EQ(ids.front(), newest.id) << "after many ended ones, too";
    EXPECT_EQ(std::ranges::adjacent_find(ids, std::less_equal{}), ids.end());
}

TEST_F(ApiKeysOfAHouse, AreTwentyAlsoWhenTwoOwnersMakeOneAtOnce) {
    const auto colleague = second_owner();
    host_.transact(
        [&](database::Session& session) { write_keys(session, colleague, ApiKey::active_max - 1); });
    std::future<Answer> asked;
    bool waits = false;
    host_.transact([&](database::Session& session) {
        // As far as the second owner's request has come when the first one's begins.
        session.query("SELECT 1 FROM account WHERE account_id = ? FOR UPDATE", colleague).next();
        write_keys(session, colleague, 1);
        asked = std::async(std::launch::async, [&] { return by_owner("POST", "/v1/api-keys", wanted()); });
        const auto is_waiting = [&] {
            auto rows = session.query(
                "SELECT COUNT(*) FROM information_schema.processlist WHERE db = DATABASE() AND "
                "id <> CONNECTION_ID() AND info LIKE '%FOR UPDATE%' AND time_ms > 20");
            rows.next();
            return waits = rows.integer(0) > 0;
        };
        support::eventually([&] { return asked.wait_for(0s) == std::future_status::ready || is_waiting(); });
    });
    EXPECT_TRUE(waits);
    const auto answer = asked.get();
    ASSERT_EQ(answer.status, 409) << answer.body;
    EXPECT_EQ(answer.problem(), "too-many-api-keys");
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM api_key"), ApiKey::active_max);
}

TEST_F(ApiKeysOfAHouse, AreMadeByItsOwnerWhoKnowsThePassword) {
    EXPECT_EQ(by_owner("POST", "/v1/api-keys", but(wanted(), "password", "wrong wrong wrong")).problem(),
              "login-failed");
    const std::vector<std::pair<json::object, std::string>> bad{
        {but(wanted(), "name", ""), "/name"},
        {but(wanted(), "scopes", json::array{}), "/scopes"},
        {but(wanted(), "scopes", json::array{"team:write"}), "/scopes/0"},
        {but(wanted(), "scopes", json::array{"goods:write", "goods:write"}), "/scopes"},
        {but(wanted(), "days", 0), "/days"},
        {but(wanted(), "days", 367), "/days"},
        {but(wanted(), "password", nullptr), "/password"},
        {but(wanted(), "organisation_id", other_), "/organisation_id"}};
    for (const auto& [body, pointer] : bad)
        EXPECT_EQ(by_owner("POST", "/v1/api-keys", body).pointer(), pointer);
    member();
    const auto clerk = token_of("wang.fang", good_password);
    EXPECT_EQ(as(clerk, "POST", "/v1/api-keys", wanted()).problem(), "role-missing");
    EXPECT_EQ(host_.call_as("admin", "POST", "/v1/api-keys", json::serialize(wanted())).problem(),
              "role-missing");
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM api_key"), 0);
    for (int i = 0; i < ApiKey::active_max; ++i) made();
    EXPECT_EQ(by_owner("POST", "/v1/api-keys", wanted()).problem(), "too-many-api-keys");
}

/// Whoever sells in the operator's house sits beside those who manage all accounts.
TEST_F(ApiKeysOfAHouse, AreNotForTheOperatorsHouse) {
    const auto house =
        by_admin("/v1/organisations", {{"name", "平台"}, {"kind", "OPERATOR"}}, "organisation_id");
    opened("owner.there", {"merchant", "operator"}, house, "OWNER");
    EXPECT_EQ(as(token_of("owner.there"), "POST", "/v1/api-keys", wanted()).problem(), "not-an-owner");
}

TEST_F(ApiKeysOfAHouse, TakeTheSecondFactorOfTheirMaker) {
    const json::object credentials{{"login", "qiongzhu.owner"}, {"password", owner_password}};
    host_.clock().hold(now());
    const auto enrolment = host_.call("POST", "/v1/auth/second-factor", json::serialize(credentials));
    const auto secret = support::from_base32(enrolment.json().at("secret").as_string());
    const auto code = [&] {
        return json::string{security::totp_code(secret, security::totp_step(host_.clock().now()))};
    };
    ASSERT_EQ(host_
                  .call("POST", "/v1/auth/second-factor/confirmation",
                        json::serialize(but(credentials, "code", code())))
                  .status,
              204);
    host_.clock().turn(security::totp_period);
    owner_ = text_of(host_.call("POST", "/v1/auth/login", json::serialize(but(credentials, "code", code()))),
                     "access_token");
    EXPECT_EQ(by_owner("POST", "/v1/api-keys", wanted()).problem(), "second-factor-required");
    EXPECT_EQ(by_owner("POST", "/v1/api-keys", but(wanted(), "code", "000000")).problem(),
              "second-factor-wrong");
    host_.clock().turn(security::totp_period);
    EXPECT_EQ(by_owner("POST", "/v1/api-keys", but(wanted(), "code", code())).status, 201);
}

}  // namespace
}  // namespace shanhai::identity
