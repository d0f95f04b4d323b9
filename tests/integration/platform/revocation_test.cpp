#include "catalog/service.hpp"
#include "chassis/events/withdrawals.hpp"
#include "chassis/security/access_token.hpp"
#include "identity/service.hpp"
#include "integration/chassis/events_fixture.hpp"
#include "support/service_host.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace shanhai {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using support::Answer;
using support::eventually;

/// Two processes: identity, and one that runs the catalog behind a gate of its own. The second hears of the
/// first by its feed alone; there is no Redis.
class Revocation : public testing::Test {
protected:
    Revocation() {
        identity_.run(identity::make_service);
        catalog_.run(catalog::make_service);
        served_.emplace(identity_.internal());
        follow();
    }
    ~Revocation() override { follower_.reset(); }

    /// As when the second process begins: its list is empty.
    void follow() {
        follower_.reset();
        catalog_.revocations().clear();
        const auto url = "http://127.0.0.1:" + std::to_string(served_->port());
        follower_ = std::make_unique<events::WithdrawalFollower>(
            events::FeedReader{"identity", url, identity_.secrets().read("internal_feed"),
                               identity_.secrets().ring("facts_identity")},
            catalog_.revocations());
        follower_->start();
        EXPECT_TRUE(eventually([&] { return catalog_.revocations().age() < 5s; }));
    }

    std::uint64_t hire(const std::string& login) {
        const json::object body{{"login", login},
                                {"password", "a long pass phrase"},
                                {"name", "李明"},
                                {"roles", json::array{"operator"}}};
        const auto opened = identity_.call_as("admin", "POST", "/v1/accounts", json::serialize(body));
        EXPECT_EQ(opened.status, 201) << opened.body;
        return opened.json().at("account_id").to_number<std::uint64_t>();
    }
    struct Tokens {
        std::string bearer;  ///< Good in the second process.
        std::string refresh;
    };
    /// Each host has secrets of its own, so the same claims are signed again with the catalog's key.
    Tokens sign_in(const std::string& login) {
        const json::object body{{"login", login}, {"password", "a long pass phrase"}};
        const auto answer = identity_.call("POST", "/v1/auth/login", json::serialize(body)).json();
        const security::TokenVerifier verifier{identity_.secrets().read("access_token_public")};
        const auto principal = verifier.verify(answer.at("access_token").as_string());
        if (!principal) throw std::runtime_error{"no access token"};
        EXPECT_GT(principal->session, 0U);
        const security::TokenSigner signer{catalog_.secrets().read("access_token_private")};
        return {"Bearer " + signer.sign(*principal, now(), 600s),
                std::string{answer.at("refresh_token").as_string()}};
    }
    /// Sets a price of nothing: 422 is what whoever may gets.
    int set_price(const Tokens& tokens) {
        return catalog_.call("POST", "/v1/skus/1/prices", "{}", {{"Authorization", tokens.bearer}}).status;
    }
    /// Within a second on a machine that does nothing else.
    bool ends(const Tokens& tokens) {
        return eventually([&] { return set_price(tokens) == 401; });
    }
    std::string account_path(std::uint64_t id) { return "/v1/accounts/" + std::to_string(id); }

    support::ServiceHost identity_{"identity"};
    support::ServiceHost catalog_{"catalog"};
    std::optional<events::Served> served_;
    std::unique_ptr<events::WithdrawalFollower> follower_;
};

TEST_F(Revocation, ReachesTheOtherProcessWithinASecond) {
    const auto id = hire("li.ming");
    const auto tokens = sign_in("li.ming");
    ASSERT_EQ(set_price(tokens), 422);
    ASSERT_EQ(identity_.call_as("admin", "POST", account_path(id) + "/state", R"({"disabled":true})").status,
              204);
    EXPECT_TRUE(ends(tokens));
    EXPECT_EQ(catalog_.call("POST", "/v1/skus/1/prices", "{}", {{"Authorization", tokens.bearer}}).problem(),
              "token-revoked");
}

TEST_F(Revocation, FollowsRolesPasswordsAndSignedOutSessions) {
    const auto id = hire("li.ming");
    const auto out = sign_in("li.ming");
    const auto other = sign_in("li.ming");
    const json::object token{{"refresh_token", out.refresh}};
    ASSERT_EQ(identity_.call("POST", "/v1/auth/logout", json::serialize(token)).status, 204);
    EXPECT_TRUE(ends(out));
    EXPECT_EQ(set_price(other), 422) << "only one session was signed out";
    ASSERT_EQ(identity_.call_as("admin", "PATCH", account_path(id), R"({"roles":["merchant"]})").status, 200);
    EXPECT_TRUE(ends(other));
    const auto again = sign_in("li.ming");
    EXPECT_EQ(set_price(again), 422);
    ASSERT_EQ(identity_.call_as("admin", "POST", account_path(id) + "/password").status, 200);
    EXPECT_TRUE(ends(again));
}

TEST_F(Revocation, IsStillKnownAfterARestart) {
    const auto id = hire("li.ming");
    const auto tokens = sign_in("li.ming");
    for (int i = 0; i < 5; ++i) hire("other" + std::to_string(i));
    ASSERT_EQ(identity_.call_as("admin", "POST", account_path(id) + "/state", R"({"disabled":true})").status,
              204);
    ASSERT_TRUE(ends(tokens));
    follow();
    EXPECT_EQ(set_price(tokens), 401);
    // Let in again: the token from before stays void, a new one is good.
    ASSERT_EQ(identity_.call_as("admin", "POST", account_path(id) + "/state", R"({"disabled":false})").status,
              204);
    EXPECT_EQ(set_price(sign_in("li.ming")), 422);
    EXPECT_EQ(set_price(tokens), 401);
}

TEST_F(Revocation, GrowsOldWhileIdentityIsAway) {
    const auto heard = [&] { return catalog_.revocations().age() < 600ms; };
    ASSERT_TRUE(eventually(heard));
    const auto port = served_->port();
    served_.reset();
    EXPECT_TRUE(eventually([&] { return catalog_.revocations().age() > 1500ms; }));
    served_.emplace(identity_.internal(), port);
    EXPECT_TRUE(eventually(heard));
}

TEST_F(Revocation, SaysWhyIdentityWasNeverHeard) {
    const auto url = "http://127.0.0.1:" + std::to_string(served_->port());
    security::Revocations list{30s};
    events::WithdrawalFollower stranger{
        events::FeedReader{"identity", url, identity_.secrets().read("internal_feed"),
                           security::KeyRing{"a guess"}},
        list};
    EXPECT_FALSE(stranger.step());
    EXPECT_TRUE(stranger.trouble().forged);
    EXPECT_NE(stranger.trouble().what.find("bears no good MAC"), std::string::npos)
        << stranger.trouble().what;
    events::WithdrawalFollower lost{
        events::FeedReader{"identity", "http://127.0.0.1:" + std::to_string(support::free_port()), "key",
                           identity_.secrets().ring("facts_identity")},
        list};
    EXPECT_FALSE(lost.step());
    EXPECT_FALSE(lost.trouble().forged);
    EXPECT_NE(lost.trouble().what, "");
}

}  // namespace
}  // namespace shanhai
