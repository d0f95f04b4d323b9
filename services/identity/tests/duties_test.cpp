#include "identity/domain/duties.hpp"

#include <gtest/gtest.h>
#include <algorithm>

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

TEST(Duties, AskASecondFactorOfThoseWhoseWordCountsAsASecondPersons) {
    for (const auto one : all)
        EXPECT_EQ(needs_second_factor({one}), one == Role::certifier || one == Role::auditor)
            << wire_name(one);
    EXPECT_FALSE(needs_second_factor({Role::merchant, Role::operator_}));
    EXPECT_FALSE(needs_second_factor({}));
}

TEST(Duties, NameTheirPeopleToThoseWhoLookAtTheirSteps) {
    using enum OrganisationKind;
    using Kinds = std::vector<OrganisationKind>;
    EXPECT_EQ(named_to({Role::certifier}), Kinds{district_office});
    EXPECT_EQ(named_to({Role::operator_}), (Kinds{merchant, district_office, operator_}));
    EXPECT_EQ(named_to({Role::merchant, Role::operator_}), named_to({Role::operator_}));
    for (const auto role : {Role::auditor, Role::admin}) EXPECT_EQ(named_to({role}).size(), 4U);
    EXPECT_EQ(named_to({Role::merchant}), Kinds{});
    EXPECT_EQ(named_to({}), Kinds{});
}

TEST(Duties, FitTheKindOfTheHouse) {
    using enum OrganisationKind;
    const std::vector<std::pair<Role, std::vector<OrganisationKind>>> houses{
        {Role::merchant, {merchant, operator_}},
        {Role::certifier, {district_office}},
        {Role::operator_, {operator_}},
        {Role::auditor, {district_office, audit_office}},
        {Role::admin, {operator_}}};
    for (const auto& [role, fitting] : houses) {
        for (const auto kind : {merchant, district_office, operator_, audit_office}) {
            const bool fits = std::ranges::find(fitting, kind) != fitting.end();
            EXPECT_EQ(!misplaced({role}, kind), fits) << wire_name(role) << " in a " << wire_name(kind);
        }
    }
    EXPECT_EQ(misplaced({Role::merchant, Role::operator_}, merchant), Role::operator_);
    EXPECT_FALSE(misplaced({Role::merchant, Role::operator_}, operator_));
}

}  // namespace
}  // namespace shanhai::identity
