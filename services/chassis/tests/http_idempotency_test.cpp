#include "chassis/http/idempotency.hpp"

#include <gtest/gtest.h>

namespace shanhai::http {
namespace {

TEST(IdempotencyKey, ReadsBareAndQuotedAlike) {
    EXPECT_EQ(*idempotency_key("abc-1"), "abc-1");
    EXPECT_EQ(*idempotency_key("\"abc-1\""), "abc-1");
    EXPECT_EQ(idempotency_key("").error().code(), "idempotency-key-missing");
    for (const std::string& bad :
         {std::string{"\"\""}, std::string{"a b"}, std::string{"a\nb"}, std::string(256, 'a')}) {
        EXPECT_EQ(idempotency_key(bad).error().code(), "idempotency-key-malformed") << bad;
    }
    EXPECT_TRUE(idempotency_key(std::string(255, 'a')));
}

}  // namespace
}  // namespace shanhai::http
