#include "identity/domain/second_factor.hpp"

#include "chassis/security/totp.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace shanhai::identity {
namespace {

using security::totp_code;
using security::totp_period;
using security::totp_step;

constexpr std::string_view secret = "12345678901234567890";
const Instant noon = start_of(*parse_date("2026-05-04")) + std::chrono::hours{12};

TEST(TypedCode, IsReadAsPeopleTypeIt) {
    EXPECT_TRUE(TypedCode::of("123 456").digits);
    EXPECT_EQ(TypedCode::of("123 456").text, "123456");
    EXPECT_FALSE(TypedCode::of("12345").digits);
    EXPECT_FALSE(TypedCode::of("K7WM-3FQX-9HDT-P4RC").digits);
    EXPECT_EQ(TypedCode::of(" K7WM-3fqx-9hdt-p4rc ").text, "k7wm-3fqx-9hdt-p4rc");
}

TEST(SecondFactorRules, BearsWithAClockThatIsHalfAMinuteWrong) {
    const auto now = totp_step(noon);
    for (std::int64_t drift = -3; drift <= 3; ++drift) {
        const auto found = step_of(secret, totp_code(secret, now + drift), noon, 0);
        EXPECT_EQ(found.has_value(), drift >= -drift_steps && drift <= drift_steps) << drift;
    }
    EXPECT_FALSE(step_of(secret, "", noon, 0));
    EXPECT_FALSE(step_of("another secret of 20", totp_code(secret, now), noon, 0));
}

TEST(SecondFactorRules, TakesNoCodeTwice) {
    const auto code = totp_code(secret, totp_step(noon));
    const auto step = step_of(secret, code, noon, 0);
    ASSERT_TRUE(step);
    EXPECT_FALSE(step_of(secret, code, noon, *step));
    EXPECT_FALSE(step_of(secret, totp_code(secret, *step - 1), noon, *step)) << "nor one from before";
    EXPECT_TRUE(step_of(secret, totp_code(secret, *step + 1), noon + totp_period, *step));
}

/// Whoever sees codes go by and plays them back, whenever he likes, gets in with none of them.
RC_GTEST_PROP(SecondFactor, IsNotFooledByAnyReplay, (const std::vector<std::uint8_t>& waits)) {
    std::int64_t last = 0;
    auto at = noon;
    std::vector<std::string> seen;
    for (const auto wait : waits) {
        at += std::chrono::seconds{wait};
        // By chance a code may be that of another period, too, which nobody used.
        for (const auto& code : seen) {
            const bool fresh = step_of(secret, code, at, last).value_or(last + 1) > last;
            RC_ASSERT(fresh);
        }
        const auto code = totp_code(secret, totp_step(at));
        const auto step = step_of(secret, code, at, last);
        if (!step) continue;
        RC_ASSERT(*step > last);
        last = *step;
        seen.push_back(code);
        const bool later = step_of(secret, code, at, last).value_or(last + 1) > last;
        RC_ASSERT(later);
    }
}

TEST(SecondFactorRules, IsWrittenAsAuthenticatorsReadIt) {
    EXPECT_EQ(otpauth_uri(secret, "li.ming@x"),
              "otpauth://totp/Shanhai:li.ming%40x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Shanhai"
              "&algorithm=SHA1&digits=6&period=30");
}

TEST(FactorVault, OpensForItsOwnAccountOnly) {
    const FactorVault vault{std::string(32, 'k')};
    const auto envelope = vault.seal(AccountId{7}, secret);
    EXPECT_EQ(vault.open(AccountId{7}, envelope), secret);
    EXPECT_FALSE(vault.open(AccountId{8}, envelope));
    EXPECT_EQ(envelope.sealed.find(secret), std::string::npos);
}

}  // namespace
}  // namespace shanhai::identity
