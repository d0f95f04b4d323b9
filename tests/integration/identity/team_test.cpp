#include "integration/identity/team.hpp"

namespace shanhai::identity {
namespace {

/// The operator sells, too (自营): an owner there sits in one house with those who manage all accounts.
TEST_F(Team, OfTheOperatorsHouseIsNobodysToTakeOver) {
    const auto house =
        by_admin("/v1/organisations", {{"name", "平台"}, {"kind", "OPERATOR"}}, "organisation_id");
    const auto admin = opened("admin.zhao", {"admin"}, house);
    const auto operator_ = opened("operator.qian", {"operator"}, house);
    const auto clerk = opened("clerk.sun", {"merchant"}, house, "CLERK");
    for (const auto& roles : {json::array{"merchant"}, json::array{"merchant", "operator"}}) {
        const auto login = "owner." + std::to_string(roles.size());
        opened(login, roles, house, "OWNER");
        const auto owner = token_of(login);
        for (const auto target : {admin, operator_, clerk}) {
            EXPECT_EQ(as(owner, "POST", reset_path(target)).problem(), "account-unknown");
            EXPECT_EQ(as(owner, "PATCH", path(target), {{"disabled", true}}).problem(), "account-unknown");
            EXPECT_EQ(as(owner, "PATCH", path(target), {{"position", "CLERK"}}).problem(), "account-unknown");
        }
    }
    const auto seen = as(token_of("clerk.sun"), "GET", "/v1/team");
    ASSERT_EQ(seen.status, 200) << seen.body;
    EXPECT_EQ(seen.body.find("admin.zhao"), std::string::npos) << "whose login is worth guessing at";
    EXPECT_EQ(seen.body.find("operator.qian"), std::string::npos);
    EXPECT_NE(seen.body.find("clerk.sun"), std::string::npos);
    EXPECT_EQ(log_in("admin.zhao", owner_password).status, 200);
    EXPECT_EQ(host_.call_as("admin", "POST", reset_path(operator_)).status, 201);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM link WHERE purpose = 'RESET'"), 1);
}

TEST_F(Team, TakesInWhomItsOwnerInvites) {
    const auto token = invited();
    const auto shown = preview(token).json();
    EXPECT_EQ(shown.at("organisation_name").as_string(), "大关县筇竹专业合作社");
    EXPECT_EQ(shown.at("position").as_string(), "CLERK");
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM link WHERE INSTR(token_hash, '" + token + "') > 0"), 0);
    const auto accepted = accept(token);
    ASSERT_EQ(accepted.status, 201) << accepted.body;
    EXPECT_EQ(accepted.json().at("organisation_id").to_number<std::uint64_t>(), house_);
    const auto clerk = token_of("wang.fang", good_password);
    const security::TokenVerifier verifier{host_.secrets().read("access_token_public")};
    EXPECT_EQ(verifier.verify(clerk)->roles, std::vector<std::string>{"merchant"});
    EXPECT_EQ(verifier.verify(owner_)->roles, (std::vector<std::string>{"merchant", "owner"}));
    const auto people = as(clerk, "GET", "/v1/team").json().at("items").as_array();
    ASSERT_EQ(people.size(), 2U);
    EXPECT_EQ(people.at(0).at("position").as_string(), "OWNER");
    EXPECT_EQ(as(clerk, "POST", "/v1/invitations", {{"position", "CLERK"}}).problem(), "role-missing");
    EXPECT_EQ(as(clerk, "PATCH", path(1), {{"disabled", true}}).problem(), "role-missing");
    const auto all = by_owner("GET", "/v1/invitations").json().at("items").as_array();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all.at(0).at("state").as_string(), "USED");
    EXPECT_EQ(all.at(0).at("account_id"), accepted.json().at("account_id"));
    EXPECT_FALSE(all.at(0).as_object().contains("token"));
}

TEST_F(Team, LetsFinanceLookOnAndNothingElse) {
    member("FINANCE");
    const auto finance = token_of("wang.fang", good_password);
    const security::TokenVerifier verifier{host_.secrets().read("access_token_public")};
    EXPECT_EQ(verifier.verify(finance)->roles, std::vector<std::string>{"finance"});
    EXPECT_EQ(as(finance, "GET", "/v1/team").json().at("items").as_array().size(), 2U);
    EXPECT_EQ(text_of(me(finance), "position"), "FINANCE");
    EXPECT_EQ(as(finance, "GET", "/v1/organisations").status, 200);
    EXPECT_EQ(as(finance, "GET", "/v1/invitations").problem(), "role-missing");
    EXPECT_EQ(as(finance, "PATCH", path(account_of("qiongzhu.owner")), {{"disabled", true}}).problem(),
              "role-missing");
    EXPECT_EQ(as(finance, "POST", "/v1/invitations", {{"position", "CLERK"}}).problem(), "role-missing");
}

TEST_F(Team, RefusesLinksThatAreUsedOldWithdrawnOrNone) {
    const auto once = invited();
    ASSERT_EQ(accept(once).status, 201);
    EXPECT_EQ(accept(once, "somebody").problem(), "link-used");
    EXPECT_EQ(preview(once).problem(), "link-used");
    EXPECT_EQ(accept("none", "somebody").problem(), "link-unknown");
    EXPECT_EQ(accept("", "somebody").pointer(), "/token");
    EXPECT_EQ(reset(invited()).problem(), "link-unknown") << "an invitation resets nothing";

    const auto open = invited();
    EXPECT_EQ(accept(open, "qiongzhu.owner").problem(), "login-taken");
    EXPECT_EQ(accept(open, "somebody", "password1234").pointer(), "/password");
    EXPECT_EQ(preview(open).status, 200) << "what failed used nothing up";
    const auto all = by_owner("GET", "/v1/invitations").json().at("items").as_array();
    const auto target = [&](std::size_t i) {
        return "/v1/invitations/" + std::to_string(all.at(i).at("invitation_id").to_number<int>()) +
               "/withdrawal";
    };
    EXPECT_EQ(by_owner("POST", target(0)).problem(), "link-used");
    EXPECT_EQ(as(token_of("other.owner"), "POST", target(2)).problem(), "invitation-unknown");
    EXPECT_EQ(text_of(by_owner("POST", target(2)), "state"), "WITHDRAWN");
    EXPECT_EQ(text_of(by_owner("POST", target(2)), "state"), "WITHDRAWN");
    EXPECT_EQ(accept(open, "somebody").problem(), "link-withdrawn");

    const auto old = invited();
    host_.clock().turn(invitation_life - 1h);
    EXPECT_EQ(preview(old).status, 200);
    host_.clock().turn(2h);
    EXPECT_EQ(accept(old, "somebody").problem(), "link-expired");
}

TEST_F(Team, IsInvitedByItsOwnOwnerOrAnAdministrator) {
    EXPECT_EQ(host_.call_as("operator", "POST", "/v1/invitations", R"({"position":"CLERK"})").problem(),
              "role-missing");
    EXPECT_EQ(by_owner("POST", "/v1/invitations", {{"position", "KING"}}).pointer(), "/position");
    EXPECT_EQ(
        by_owner("POST", "/v1/invitations", {{"position", "CLERK"}, {"organisation_id", other_}}).pointer(),
        "/organisation_id");
    const auto by_admin = [&](std::uint64_t house) {
        return host_.call_as(
            "admin", "POST", "/v1/invitations",
            json::serialize(json::object{{"position", "OWNER"}, {"organisation_id", house}}));
    };
    EXPECT_EQ(by_admin(99).pointer(), "/organisation_id");
    json::object office{{"name", "某办"}, {"kind", "DISTRICT_OFFICE"}};
    const auto made = host_.call_as("admin", "POST", "/v1/organisations", json::serialize(office)).json();
    EXPECT_EQ(by_admin(made.at("organisation_id").to_number<std::uint64_t>()).pointer(), "/position");
    const auto invitation = by_admin(other_);
    ASSERT_EQ(invitation.status, 201) << invitation.body;
    EXPECT_EQ(accept(text_of(invitation, "token")).json().at("position").as_string(), "OWNER");
    EXPECT_EQ(host_.call_as("admin", "GET", "/v1/invitations").json().at("items").as_array().size(), 1U);
    EXPECT_TRUE(by_owner("GET", "/v1/invitations").json().at("items").as_array().empty());
}

TEST_F(Team, HasNotTooManyInvitationsOpen) {
    for (int i = 0; i < open_invitations_max; ++i) invited();
    EXPECT_EQ(by_owner("POST", "/v1/invitations", {{"position", "CLERK"}}).problem(), "too-many-invitations");
    const auto some = by_owner("GET", "/v1/invitations").json().at("items").at(0).at("invitation_id");
    by_owner("POST", "/v1/invitations/" + std::to_string(some.to_number<int>()) + "/withdrawal");
    EXPECT_EQ(by_owner("POST", "/v1/invitations", {{"position", "CLERK"}}).status, 201);
}

TEST_F(Team, OpensOneAccountOfOneLinkUsedAtOnce) {
    const auto token = invited();
    std::array<Answer, 4> answers;
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < answers.size(); ++i)
        threads.emplace_back([&, i] { answers[i] = accept(token, "somebody." + std::to_string(i)); });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(std::ranges::count(answers, 201, &Answer::status), 1);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM account WHERE login LIKE 'somebody%'"), 1);
}

TEST_F(Team, ChangesWhatMembersAreAtOnce) {
    const auto id = member();
    const auto session = text_of(log_in("wang.fang", good_password), "refresh_token");
    EXPECT_EQ(as(token_of("other.owner"), "PATCH", path(id), {{"disabled", true}}).problem(),
              "account-unknown");
    EXPECT_EQ(by_owner("PATCH", path(99), {{"disabled", true}}).problem(), "account-unknown");
    const auto changed = by_owner("PATCH", path(id), {{"position", "FINANCE"}});
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(text_of(changed, "position"), "FINANCE");
    EXPECT_EQ(refresh(session).problem(), "refresh-invalid");
    ASSERT_EQ(by_owner("PATCH", path(id), {{"disabled", true}}).status, 200);
    EXPECT_EQ(log_in("wang.fang", good_password).problem(), "login-failed");
    EXPECT_EQ(by_owner("POST", reset_path(id)).problem(), "account-unknown");
    ASSERT_EQ(by_owner("PATCH", path(id), {{"disabled", false}}).status, 200);
    EXPECT_EQ(log_in("wang.fang", good_password).status, 200);
}

TEST_F(Team, DoesNotLetInWhomAnAdministratorShutOut) {
    const auto id = member();
    const auto state = [&](bool disabled) {
        return host_.call_as("admin", "POST", "/v1/accounts/" + std::to_string(id) + "/state",
                             disabled ? R"({"disabled":true})" : R"({"disabled":false})");
    };
    ASSERT_EQ(state(true).status, 204);
    EXPECT_EQ(by_owner("PATCH", path(id), {{"disabled", false}}).problem(), "disabled-by-administrator");
    EXPECT_EQ(by_owner("PATCH", path(id), {{"disabled", true}}).status, 200);
    EXPECT_EQ(by_owner("PATCH", path(id), {{"disabled", false}}).problem(), "disabled-by-administrator")
        << "saying it again makes it nobody else's doing";
    ASSERT_EQ(state(false).status, 204);
    ASSERT_EQ(by_owner("PATCH", path(id), {{"disabled", true}}).status, 200);
    EXPECT_EQ(host_.number("SELECT disabled_by FROM account WHERE login = 'wang.fang'"),
              static_cast<std::int64_t>(account_of("qiongzhu.owner")));
    EXPECT_EQ(by_owner("PATCH", path(id), {{"disabled", false}}).status, 200);
    ASSERT_EQ(by_owner("PATCH", path(id), {{"disabled", true}}).status, 200);
    ASSERT_EQ(state(true).status, 204);
    EXPECT_EQ(by_owner("PATCH", path(id), {{"disabled", false}}).problem(), "disabled-by-administrator");
    EXPECT_EQ(log_in("wang.fang", good_password).problem(), "login-failed");
}

TEST_F(Team, KeepsAnOwner) {
    const auto self = account_of("qiongzhu.owner");
    EXPECT_EQ(by_owner("PATCH", path(self), {{"disabled", true}}).problem(), "own-account");
    EXPECT_EQ(by_owner("PATCH", path(self), {{"position", "CLERK"}}).problem(), "last-owner");
    member("OWNER");
    EXPECT_EQ(by_owner("PATCH", path(self), {{"position", "CLERK"}}).status, 200);
    // Two owners who put each other out at once: one of them stays.
    const auto second_owner = token_of("wang.fang", good_password);
    const auto third = account_of("wang.fang");
    EXPECT_EQ(as(second_owner, "PATCH", path(self), {{"position", "OWNER"}}).status, 200);
    const auto first_owner = token_of("qiongzhu.owner");
    std::array<Answer, 2> answers;
    std::thread one{[&] { answers[0] = as(first_owner, "PATCH", path(third), {{"disabled", true}}); }};
    std::thread two{[&] { answers[1] = as(second_owner, "PATCH", path(self), {{"disabled", true}}); }};
    one.join();
    two.join();
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM account WHERE position = 'OWNER' AND disabled = 0 AND "
                           "organisation_id = " +
                           std::to_string(house_)),
              1);
}

TEST_F(Team, LetsSomebodyInAgainByALink) {
    const auto id = member();
    const auto session = text_of(log_in("wang.fang", good_password), "refresh_token");
    EXPECT_EQ(by_owner("POST", reset_path(account_of("qiongzhu.owner"))).problem(), "own-account");
    EXPECT_EQ(as(token_of("other.owner"), "POST", reset_path(id)).problem(), "account-unknown");
    const auto early = text_of(by_owner("POST", reset_path(id)), "token");
    const auto made = by_owner("POST", reset_path(id));
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(made.header("Cache-Control"), "no-store");
    EXPECT_EQ(refresh(session).status, 200) << "a link alone ends nothing";
    const auto token = text_of(made, "token");
    EXPECT_EQ(reset(early).problem(), "link-withdrawn");
    EXPECT_EQ(reset(token, "short").pointer(), "/new_password");
    EXPECT_EQ(accept(token).problem(), "link-unknown") << "a reset opens no account";
    ASSERT_EQ(reset(token).status, 204);
    EXPECT_EQ(reset(token).problem(), "link-used");
    EXPECT_EQ(live_sessions_of("wang.fang"), 0);
    EXPECT_EQ(log_in("wang.fang", good_password).problem(), "login-failed");
    EXPECT_EQ(log_in("wang.fang", "nine crooked lanterns").status, 200);

    const auto old = text_of(host_.call_as("admin", "POST", reset_path(id)), "token");
    host_.clock().turn(reset_life + 1s);
    EXPECT_EQ(reset(old).problem(), "link-expired");
}

TEST_F(Team, ForgetsALinkOnceThePasswordIsAnother) {
    const auto id = member();
    const auto token = text_of(by_owner("POST", reset_path(id)), "token");
    json::object change{
        {"login", "wang.fang"}, {"password", good_password}, {"new_password", "seven quiet rivers"}};
    ASSERT_EQ(host_.call("POST", "/v1/auth/password", json::serialize(change)).status, 204);
    EXPECT_EQ(reset(token).problem(), "link-withdrawn");
}

}  // namespace
}  // namespace shanhai::identity
