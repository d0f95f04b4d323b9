#include "integration/identity/fixture.hpp"

#include "chassis/security/totp.hpp"
#include "identity/domain/second_factor.hpp"
#include "support/base32.hpp"

namespace shanhai::identity {
namespace {

using support::from_base32;

constexpr const char* password = "a long pass phrase";

class SecondFactor : public Identity {
protected:
    SecondFactor() {
        id_ = open_account("li.ming", password);
        host_.clock().hold(now());
    }
    Answer with_code(const std::string& target, const std::string& code = "",
                     const std::string& secret = password) {
        json::object body{{"login", "li.ming"}, {"password", secret}};
        if (!code.empty()) body["code"] = code;
        return host_.call("POST", target, json::serialize(body));
    }
    Answer sign_in(const std::string& code = "") { return with_code("/v1/auth/login", code); }
    /// The telephone's code now, or of another period.
    std::string code(int periods = 0) {
        return security::totp_code(secret_, security::totp_step(host_.clock().now()) + periods);
    }
    void next_period() { host_.clock().turn(security::totp_period); }
    json::object enrolled() {
        const auto enrolment = with_code("/v1/auth/second-factor");
        EXPECT_EQ(enrolment.status, 201) << enrolment.body;
        secret_ = from_base32(enrolment.json().at("secret").as_string());
        EXPECT_EQ(with_code("/v1/auth/second-factor/confirmation", code()).status, 204);
        next_period();
        return enrolment.json().as_object();
    }
    Answer demand(const char* body) {
        return host_.call_as("admin", "POST", "/v1/accounts/" + std::to_string(id_) + "/second-factor", body);
    }

    std::uint64_t id_ = 0;
    std::string secret_;
};

TEST_F(SecondFactor, IsAskedForOnceItsOwnerHasShownACode) {
    const auto session = text_of(sign_in(), "refresh_token");
    const auto enrolment = with_code("/v1/auth/second-factor");
    ASSERT_EQ(enrolment.status, 201) << enrolment.body;
    EXPECT_EQ(enrolment.header("Cache-Control"), "no-store");
    secret_ = from_base32(enrolment.json().at("secret").as_string());
    EXPECT_EQ(secret_.size(), 20U);
    EXPECT_TRUE(
        enrolment.json().at("otpauth_uri").as_string().starts_with("otpauth://totp/Shanhai:li.ming?secret="));
    EXPECT_EQ(sign_in().status, 200) << "nothing is asked for before it is confirmed";
    EXPECT_EQ(with_code("/v1/auth/second-factor/confirmation", "000000").problem(), "second-factor-wrong");
    EXPECT_EQ(with_code("/v1/auth/second-factor/confirmation").pointer(), "/code");
    EXPECT_EQ(with_code("/v1/auth/second-factor/confirmation", code(), "wrong wrong wrong").problem(),
              "login-failed");
    ASSERT_EQ(with_code("/v1/auth/second-factor/confirmation", code()).status, 204);
    EXPECT_EQ(refresh(session).problem(), "refresh-invalid") << "sessions from before end";
    EXPECT_EQ(sign_in().problem(), "second-factor-required");
    EXPECT_EQ(sign_in(code()).problem(), "second-factor-wrong") << "it was used to confirm";
    next_period();
    const auto signed_in = sign_in(code());
    ASSERT_EQ(signed_in.status, 200) << signed_in.body;
    EXPECT_TRUE(me(text_of(signed_in, "access_token")).json().at("second_factor").as_bool());
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM second_factor WHERE INSTR(sealed, UNHEX('" +
                           security::hex(secret_) + "')) > 0"),
              0);
}

TEST_F(SecondFactor, TakesNoCodeTwice) {
    enrolled();
    const auto used = code();
    ASSERT_EQ(sign_in(used).status, 200);
    EXPECT_EQ(sign_in(used).problem(), "second-factor-wrong");
    EXPECT_EQ(sign_in(code(-1)).problem(), "second-factor-wrong");
    EXPECT_EQ(sign_in(code(1)).status, 200) << "the telephone may be early";
    next_period();
    EXPECT_EQ(sign_in(code()).problem(), "second-factor-wrong") << "that was the early one";

    next_period();
    const auto raced = code();
    std::array<Answer, 4> answers;
    std::vector<std::thread> threads;
    for (auto& answer : answers) threads.emplace_back([&] { answer = sign_in(raced); });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(std::ranges::count(answers, 200, &Answer::status), 1);
}

TEST_F(SecondFactor, LetsNobodyGuess) {
    enrolled();
    for (int i = 0; i < second_factor_limit.quota; ++i) {
        host_.come_from("192.0.2." +
                        std::to_string(i + 1));  // The limits by address are not what is looked at.
        EXPECT_EQ(sign_in("000000").problem(), "second-factor-wrong") << i;
    }
    host_.come_from("192.0.2.99");
    const auto limited = sign_in(code());
    EXPECT_EQ(limited.problem(), "second-factor-rate-limited");
    EXPECT_FALSE(limited.header("Retry-After").empty());
    host_.clock().turn(login_limit.length + 1min);
    MysqlIdentityStore store{host_.pool(), {}, SessionLife{}, "key", FactorVault{"key"}};
    ASSERT_TRUE(store.forget_expired());
    EXPECT_EQ(sign_in(code()).problem(), "second-factor-rate-limited")
        << "a sweep forgets nothing that counts";
    host_.clock().turn(second_factor_limit.length);
    EXPECT_EQ(sign_in(code()).status, 200);
}

TEST_F(SecondFactor, LetsInByARecoveryCodeOnce) {
    const auto codes = enrolled().at("recovery_codes").as_array();
    ASSERT_EQ(codes.size(), recovery_codes);
    const std::string one{codes.at(3).as_string()};
    EXPECT_EQ(sign_in(one).status, 200);
    EXPECT_EQ(sign_in(one).problem(), "second-factor-wrong");
    EXPECT_EQ(sign_in(std::string{codes.at(4).as_string()}).status, 200);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM recovery_code WHERE used_at IS NULL"), 8);
}

TEST_F(SecondFactor, IsRemovedByACodeOnly) {
    EXPECT_EQ(with_code("/v1/auth/second-factor/removal").problem(), "second-factor-none");
    enrolled();
    EXPECT_EQ(with_code("/v1/auth/second-factor").problem(), "second-factor-required");
    EXPECT_EQ(with_code("/v1/auth/second-factor", code()).problem(), "second-factor-enrolled");
    next_period();
    EXPECT_EQ(with_code("/v1/auth/second-factor/removal").problem(), "second-factor-required");
    EXPECT_EQ(with_code("/v1/auth/second-factor/removal", code()).status, 204);
    EXPECT_EQ(sign_in().status, 200);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM recovery_code"), 0);
}

TEST_F(SecondFactor, IsDemandedByAdministrators) {
    const auto session = text_of(sign_in(), "refresh_token");
    EXPECT_EQ(
        host_.call_as("operator", "POST", "/v1/accounts/2/second-factor", R"({"required":true})").problem(),
        "role-missing");
    EXPECT_EQ(
        host_.call_as("admin", "POST", "/v1/accounts/99/second-factor", R"({"required":true})").problem(),
        "account-unknown");
    EXPECT_EQ(demand(R"({"require":true})").status, 422);
    EXPECT_EQ(
        host_.call_as("admin", "POST", "/v1/accounts/1/second-factor", R"({"required":true,"remove":true})")
            .problem(),
        "own-account");
    const auto demanded = demand(R"({"required":true})");
    ASSERT_EQ(demanded.status, 200) << demanded.body;
    EXPECT_TRUE(demanded.json().at("second_factor_required").as_bool());
    EXPECT_EQ(refresh(session).problem(), "refresh-invalid");
    EXPECT_EQ(sign_in().problem(), "second-factor-enrolment-required");
    enrolled();
    EXPECT_EQ(sign_in(code()).status, 200);
    next_period();
    EXPECT_EQ(with_code("/v1/auth/second-factor/removal", code()).problem(), "second-factor-demanded");
    // Telephone and codes are lost: an administrator takes it away, and it is enrolled anew.
    EXPECT_EQ(demand(R"({"required":true,"remove":true})").status, 200);
    EXPECT_EQ(live_sessions(), 0);
    EXPECT_EQ(sign_in().problem(), "second-factor-enrolment-required");
    EXPECT_EQ(demand(R"({"required":false})").status, 200);
    EXPECT_EQ(sign_in().status, 200);
}

TEST_F(SecondFactor, IsAskedForBeforeThePasswordIsChangedFromOutside) {
    enrolled();
    json::object change{
        {"login", "li.ming"}, {"password", password}, {"new_password", "nine crooked lanterns"}};
    const auto post = [&](const std::vector<std::pair<std::string, std::string>>& headers = {}) {
        return host_.call("POST", "/v1/auth/password", json::serialize(change), headers);
    };
    EXPECT_EQ(post().problem(), "second-factor-required");
    EXPECT_EQ(post({{"Authorization", host_.bearer("operator")}}).problem(), "second-factor-required")
        << "of somebody else";
    change["code"] = code();
    EXPECT_EQ(post().status, 204);
}

}  // namespace
}  // namespace shanhai::identity
