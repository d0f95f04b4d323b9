#include "identity/domain/team.hpp"
#include "identity/domain/duties.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <algorithm>

namespace shanhai::identity {
namespace {

using namespace std::chrono_literals;

const Instant noon = start_of(*parse_date("2026-05-04")) + 12h;
constexpr OrganisationId house{7};
constexpr AccountId self{1};

Link link() {
    return {
        .id = LinkId{1}, .house = house, .made_by = self, .made = noon, .expires = noon + invitation_life};
}

Account member(std::uint64_t id, Position position) {
    Account account{AccountId{id}, "login", "名", house, {Role::merchant}};
    account.position = position;
    return account;
}

TEST(Link, OpensOnceAndForATime) {
    EXPECT_EQ(link().state(noon), LinkState::open);
    EXPECT_FALSE(link().fault_of_using(noon + invitation_life - 1us));
    EXPECT_EQ(link().fault_of_using(noon + invitation_life)->code(), "link-expired");
    auto used = link();
    used.used = noon;
    EXPECT_EQ(used.fault_of_using(noon)->code(), "link-used");
    EXPECT_EQ(used.state(noon + 1000h), LinkState::used) << "what was used is not merely old";
    auto withdrawn = link();
    withdrawn.withdrawn = noon;
    EXPECT_EQ(withdrawn.fault_of_using(noon)->code(), "link-withdrawn");
}

TEST(Manager, LooksAfterTheOwnHouseOnly) {
    EXPECT_TRUE((Manager{self, house, false}).manages(house));
    EXPECT_FALSE((Manager{self, house, false}).manages(OrganisationId{8}));
    EXPECT_FALSE((Manager{self, OrganisationId{}, false}).manages(OrganisationId{}))
        << "no house is nobody's";
    EXPECT_TRUE((Manager{self, OrganisationId{}, true}).manages(OrganisationId{8}));
}

/// The operator's house has clerks with a position, too, beside those who manage everybody's accounts.
TEST(Manager, LooksAfterAMerchantsPeopleOnly) {
    const Manager owner{self, house, false};
    const auto clerk = member(2, Position::clerk);
    EXPECT_TRUE(owner.looks_after(clerk, OrganisationKind::merchant));
    EXPECT_TRUE(owner.looks_after(member(2, Position::finance), OrganisationKind::merchant));
    EXPECT_FALSE(owner.looks_after(clerk, OrganisationKind::operator_));
    EXPECT_FALSE(owner.looks_after(clerk, std::nullopt));
    for (const auto& roles : {std::vector{Role::admin}, std::vector{Role::operator_},
                              std::vector{Role::merchant, Role::operator_}, std::vector<Role>{}}) {
        auto other = clerk;
        other.roles = roles;
        EXPECT_FALSE(owner.looks_after(other, OrganisationKind::merchant));
        EXPECT_FALSE(is_merchants_own(other, OrganisationKind::merchant));
        EXPECT_TRUE((Manager{self, {}, true}).looks_after(other, OrganisationKind::operator_));
    }
}

TEST(Manager, IsWhatTheAccountIsNow) {
    EXPECT_EQ(manager_of(member(1, Position::owner)).house, house);
    EXPECT_EQ(manager_of(member(1, Position::clerk)).house, OrganisationId{});
    auto account = member(1, Position::owner);
    account.disabled = true;
    EXPECT_FALSE(manager_of(account).manages(house));
    account.roles = {Role::admin};
    EXPECT_FALSE(manager_of(account).manages(house));
    account.disabled = false;
    EXPECT_TRUE(manager_of(account).manages(OrganisationId{8}));
}

Account certifier(std::uint64_t id, bool second_factor = true) {
    Account account{AccountId{id}, "login", "名", house, {Role::certifier}};
    account.second_factor = second_factor;
    return account;
}

TEST(Office, InvitesToWhatItsPeopleAreThemselves) {
    using enum OrganisationKind;
    const auto manager = manager_of(certifier(1));
    EXPECT_TRUE(manager.manages(house));
    EXPECT_EQ(place_offered({}, district_office, manager)->role, Role::certifier);
    EXPECT_EQ(place_offered({Role::auditor, {}}, district_office, manager).error().fields().front().pointer,
              "/role");
    EXPECT_EQ(place_offered({Role::operator_, {}}, district_office, manager).error().fields().front().pointer,
              "/role");
    EXPECT_EQ(place_offered({{}, Position::owner}, district_office, manager).error().fields().front().pointer,
              "/position");
    EXPECT_EQ(place_offered({}, district_office, manager_of(certifier(1, false))).error().code(),
              "second-factor-missing");
    const Manager admin{self, {}, true};
    EXPECT_EQ(place_offered({}, audit_office, admin)->role, Role::auditor);
    EXPECT_EQ(place_offered({Role::certifier, {}}, audit_office, admin).error().fields().front().pointer,
              "/role");
    EXPECT_EQ(place_offered({}, operator_, admin).error().fields().front().pointer, "/organisation_id");
    EXPECT_EQ(place_offered({}, merchant, admin).error().fields().front().pointer, "/position");
}

/// Else one of two who check each other would be rid of the other one.
TEST(Office, LeavesItToAdministratorsToShutSomebodyOut) {
    const auto manager = manager_of(certifier(1));
    auto colleague = certifier(2);
    MemberChange ends;
    ends.disabled = true;
    EXPECT_TRUE(manager.looks_after(colleague, OrganisationKind::district_office));
    EXPECT_FALSE(manager.looks_after(member(2, Position::owner), OrganisationKind::merchant));
    EXPECT_EQ(fault_of_office_change(colleague, ends, manager)->code(), "administrator-needed");
    colleague.let_in_by = self;
    EXPECT_EQ(fault_of_office_change(colleague, ends, manager)->code(), "administrator-needed")
        << "nor whom they let in";
    EXPECT_FALSE(fault_of_office_change(colleague, ends, {self, {}, true}));
    EXPECT_EQ(fault_of_office_change(certifier(1), ends, manager)->code(), "own-account");
}

TEST(Member, LeavesAnOwnerWhoCanSignIn) {
    const Manager owner{self, house, false};
    const auto code = [&](const Account& who, const MemberChange& change, std::int64_t others) {
        const auto fault = fault_of_change(who, change, owner, others);
        return fault ? fault->code() : std::string{};
    };
    EXPECT_EQ(code(member(1, Position::owner), {.disabled = true}, 5), "own-account");
    EXPECT_EQ(code(member(1, Position::owner), {.position = Position::clerk}, 0), "last-owner");
    EXPECT_EQ(code(member(1, Position::owner), {.position = Position::clerk}, 1), "");
    EXPECT_EQ(code(member(1, Position::owner), {.position = Position::owner}, 0), "");
    EXPECT_EQ(code(member(2, Position::owner), {.disabled = true}, 0), "last-owner");
    EXPECT_EQ(code(member(2, Position::clerk), {.disabled = true}, 0), "");
    EXPECT_EQ(code(member(2, Position::clerk), {.position = Position::owner}, 0), "");
    EXPECT_FALSE(fault_of_change(member(2, Position::owner), {.disabled = true}, {self, {}, true}, 0))
        << "an administrator may, and can make another owner";
}

TEST(Member, IsLetInAgainByWhoeverMayUndoIt) {
    const Manager owner{self, house, false};
    auto clerk = member(2, Position::clerk);
    clerk.disabled = true;
    EXPECT_EQ(fault_of_change(clerk, {.disabled = false}, owner, 1)->code(), "disabled-by-administrator");
    EXPECT_FALSE(fault_of_change(clerk, {.disabled = true}, owner, 1));
    EXPECT_FALSE(fault_of_change(clerk, {.disabled = false}, {self, {}, true}, 1));
    clerk.disabled_by_owner = true;
    EXPECT_FALSE(fault_of_change(clerk, {.disabled = false}, owner, 1));
}

TEST(TokenRoles, SayWhatAPositionAddsAndWhatItLeaves) {
    using Roles = std::vector<std::string>;
    EXPECT_EQ(token_roles(member(1, Position::owner)), (Roles{"merchant", "owner"}));
    EXPECT_EQ(token_roles(member(1, Position::clerk)), Roles{"merchant"});
    EXPECT_EQ(token_roles(member(1, Position::finance)), Roles{"finance"});
    auto plain = member(1, Position::clerk);
    plain.position.reset();
    EXPECT_EQ(token_roles(plain), Roles{"merchant"});
    plain.roles = {Role::operator_};
    EXPECT_EQ(token_roles(plain), Roles{"operator"});
}

TEST(Position, IsAMerchantsOnly) {
    EXPECT_FALSE(fault_of_position({Role::merchant}, Position::owner));
    EXPECT_FALSE(fault_of_position({Role::operator_}, std::nullopt));
    EXPECT_TRUE(fault_of_position({Role::operator_}, Position::owner));
}

/// Whatever owners do to each other, one who can sign in is left.
RC_GTEST_PROP(Member, NeverLeavesAHouseWithoutAnOwner, ()) {
    std::vector<Account> people;
    for (std::uint64_t i = 1; i <= 4; ++i)
        people.push_back(
            member(i, i == 1 ? Position::owner : *rc::gen::element(Position::owner, Position::clerk)));
    const auto can_manage = [](const Account& one) {
        return !one.disabled && one.position == Position::owner;
    };
    for (int moves = *rc::gen::inRange(0, 30); moves > 0; --moves) {
        const auto& manager = *rc::gen::elementOf(people);
        if (!can_manage(manager)) continue;
        auto& target = people[*rc::gen::inRange<std::size_t>(0, people.size())];
        MemberChange change;
        if (*rc::gen::arbitrary<bool>()) change.disabled = *rc::gen::arbitrary<bool>();
        if (*rc::gen::arbitrary<bool>())
            change.position = *rc::gen::element(Position::owner, Position::clerk, Position::finance);
        const auto others = std::ranges::count_if(
            people, [&](const Account& one) { return one.id != target.id && can_manage(one); });
        if (fault_of_change(target, change, {manager.id, house, false}, others)) continue;
        if (change.position) target.position = change.position;
        if (change.disabled) target.disabled = target.disabled_by_owner = *change.disabled;
    }
    RC_ASSERT(std::ranges::any_of(people, can_manage));
}

}  // namespace
}  // namespace shanhai::identity
