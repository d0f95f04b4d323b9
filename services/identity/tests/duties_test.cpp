#include "identity/domain/duties.hpp"

#include <gtest/gtest.h>

namespace shanhai::identity {
namespace {

constexpr std::array<Role, 5> all{Role::merchant, Role::certifier, Role::operator_, Role::auditor,
                                  Role::admin};

TEST(Duties, AreSeparate) {
    for (const auto one : all) {
        EXPECT_TRUE(separate_duties({one}));
        for (const auto other : all) {
            const bool sellers = (one == Role::merchant && other == Role::operator_) ||
                                 (one == Role::operator_ && other == Role::merchant);
            EXPECT_EQ(static_cast<bool>(separate_duties({one, other})), sellers)
                << wire_name(one) << ' ' << wire_name(other);
        }
    }
    EXPECT_FALSE(separate_duties({Role::merchant, Role::operator_, Role::certifier}));
    EXPECT_FALSE(separate_duties({}));
    EXPECT_EQ(separate_duties({}).error().fields().front().pointer, "/roles");
}

}  // namespace
}  // namespace shanhai::identity
