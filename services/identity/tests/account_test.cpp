#include "identity/domain/account.hpp"

#include <gtest/gtest.h>

namespace shanhai::identity {
namespace {

TEST(Login, IsLowered) { EXPECT_EQ(Login::parse("Li.Ming@Minhang")->text(), "li.ming@minhang"); }

TEST(Login, RefusesOtherForms) {
    for (const char* text : {"", "ab", ".abc", "-abc", "a b c", "李明明", "a'--", "abc\n"}) {
        EXPECT_FALSE(Login::parse(text)) << text;
    }
    EXPECT_FALSE(Login::parse(std::string(65, 'a')));
    EXPECT_TRUE(Login::parse(std::string(64, 'a')));
}

std::string fault(std::vector<Role> roles, std::string password) {
    const auto account =
        NewAccount::draft(*Login::parse("liming"), "李明", std::move(roles), {}, std::move(password));
    return account ? "" : account.error().fields().front().pointer;
}

TEST(NewAccount, HasARoleAndAPasswordOfSomeLength) {
    EXPECT_EQ(fault({Role::merchant, Role::operator_}, "twelve chars"), "");
    EXPECT_EQ(fault({Role::merchant, Role::auditor}, "twelve chars"), "/roles");
    EXPECT_EQ(fault({}, "twelve chars"), "/roles");
    EXPECT_EQ(fault({Role::admin, Role::merchant, Role::admin}, "twelve chars"), "/roles");
    EXPECT_EQ(fault({Role::merchant}, "eleven char"), "/password");
    EXPECT_EQ(fault({Role::merchant}, std::string(201, 'x')), "/password");
    EXPECT_EQ(fault({Role::merchant}, "secret-liming-2026"), "/password");
}

}  // namespace
}  // namespace shanhai::identity
