#include "identity/domain/api_key.hpp"

#include <gtest/gtest.h>

namespace shanhai::identity {
namespace {

using namespace std::chrono_literals;

const Instant noon{std::chrono::sys_days{std::chrono::year{2026} / 5 / 4} + 4h};

ApiKey key() { return {.made = noon, .expires = noon + std::chrono::days{90}}; }

std::string code_of(const ApiKey& one, Instant at) {
    const auto fault = one.fault_of_using(at);
    return fault ? fault->code() : "opens";
}

TEST(ApiKey, OpensUntilItEndsOrIsWithdrawn) {
    auto one = key();
    EXPECT_EQ(code_of(one, noon), "opens");
    EXPECT_EQ(code_of(one, one.expires - 1us), "opens");
    EXPECT_EQ(code_of(one, one.expires), "api-key-expired");
    one.withdrawn = noon + 1h;
    EXPECT_EQ(code_of(one, noon + 2h), "api-key-withdrawn");
    EXPECT_EQ(one.state(one.expires + 1h), ApiKeyState::withdrawn) << "that it was withdrawn says more";
}

TEST(ApiKey, NotesItsUseOnceAMinute) {
    auto one = key();
    EXPECT_TRUE(one.notes_use(noon));
    one.last_used = noon;
    EXPECT_FALSE(one.notes_use(noon + 59s));
    EXPECT_TRUE(one.notes_use(noon + 60s));
}

TEST(ApiKey, HasEachScopeOnceAndInOrder) {
    const auto scopes = distinct_scopes({"origin:read", "goods:write"});
    ASSERT_TRUE(scopes);
    EXPECT_EQ(*scopes, (std::vector<std::string>{"goods:write", "origin:read"}));
    const auto twice = distinct_scopes({"goods:write", "origin:read", "goods:write"});
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().fields().front().pointer, "/scopes");
}

TEST(ApiKey, ShowsItsBeginningOnly) {
    EXPECT_EQ(prefix_of("shk_0123456789abcdefghij"), "shk_01234567");
    EXPECT_EQ(prefix_of("short"), "short");
}

}  // namespace
}  // namespace shanhai::identity
