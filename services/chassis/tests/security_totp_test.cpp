#include "chassis/security/totp.hpp"

#include <gtest/gtest.h>

namespace shanhai::security {
namespace {

constexpr std::string_view secret = "12345678901234567890";

/// RFC 6238, appendix B, of whose eight digits the last six are shown here.
TEST(Totp, GivesTheCodesOfTheRfc) {
    const std::pair<std::int64_t, const char*> vectors[] = {
        {59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
        {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"},
    };
    for (const auto& [second, code] : vectors) {
        const Instant at{std::chrono::seconds{second}};
        EXPECT_EQ(totp_code(secret, totp_step(at)), code) << second;
    }
}

TEST(Totp, ChangesItsCodeEveryThirtySeconds) {
    const Instant at{std::chrono::seconds{1111111110}};
    EXPECT_EQ(totp_step(at), totp_step(at + totp_period - std::chrono::microseconds{1}));
    EXPECT_EQ(totp_step(at) + 1, totp_step(at + totp_period));
}

TEST(Base32, IsRfc4648) {
    EXPECT_EQ(base32(secret), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    EXPECT_EQ(base32("f"), "MY======");
}

}  // namespace
}  // namespace shanhai::security
