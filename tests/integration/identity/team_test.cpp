#include "integration/identity/onboarding.hpp"

#include "identity/domain/team.hpp"

namespace shanhai::identity {
namespace {

constexpr const char* good_password = "a lantern over the old ferry";

/// A house with its owner, and another one with its own.
class Team : public Onboardings {
protected:
    Team() {
        house_ = let_in(onboarding_body());
        other_ = let_in(onboarding_body("别家", "93530624MA6K00003M", "other.owner"));
        owner_ = token_of("qiongzhu.owner");
    }
    std::uint64_t let_in(const json::object& body) {
        const auto made = applied(body);
        verify(first, made);
        return verify(second, made).json().at("organisation_id").to_number<std::uint64_t>();
    }
    std::string token_of(const std::string& login, const std::string& password = owner_password) {
        return text_of(log_in(login, password), "access_token");
    }
    Answer as(const std::string& token, const std::string& method, const std::string& target,
              const json::object& body = {}) {
        return host_.call(method, target, method == "GET" ? "" : json::serialize(body),
                          {{"Authorization", "Bearer " + token}});
    }
    Answer by_owner(const std::string& method, const std::string& target, const json::object& body = {}) {
        return as(owner_, method, target, body);
    }
    std::string invited(const char* position = "CLERK") {
        const auto answer = by_owner("POST", "/v1/invitations", {{"position", position}});
        EXPECT_EQ(answer.status, 201) << answer.body;
        return text_of(answer, "token");
    }
    Answer accept(const std::string& token, const std::string& login = "wang.fang",
                  const std::string& password = good_password) {
        return host_.call("POST", "/v1/invitations/acceptances",
                          json::serialize(json::object{
                              {"token", token}, {"login", login}, {"name", "王芳"}, {"password", password}}));
    }
    std::uint64_t member(const char* position = "CLERK", const std::string& login = "wang.fang") {
        return accept(invited(position), login).json().at("account_id").to_number<std::uint64_t>();
    }
    Answer preview(const std::string& token) {
        return host_.call("POST", "/v1/invitations/previews",
                          json::serialize(json::object{{"token", token}}));
    }
    Answer reset(const std::string& token, const std::string& password = "nine crooked lanterns") {
        return host_.call("POST", "/v1/auth/password-resets",
                          json::serialize(json::object{{"token", token}, {"new_password", password}}));
    }
    static std::string path(std::uint64_t account) { return "/v1/team/" + std::to_string(account); }
    static std::string reset_path(std::uint64_t account) {
        return "/v1/accounts/" + std::to_string(account) + "/reset-links";
    }
    std::uint64_t account_of(const std::string& login) {
        return static_cast<std::uint64_t>(
            host_.number("SELECT account_id FROM account WHERE login = '" + login + "'"));
    }

    std::uint64_t by_admin(const std::string& target, const json::object& body, const char* member) {
        const auto answer = host_.call_as("admin", "POST", target, json::serialize(body));
        EXPECT_EQ(answer.status, 201) << answer.body;
        return answer.json().at(member).to_number<std::uint64_t>();
    }
    std::uint64_t opened(const std::string& login, const json::array& roles, std::uint64_t house,
                         const char* position = nullptr) {
        json::object body{{"login", login},
                          {"password", owner_password},
                          {"name", "赵六"},
                          {"roles", roles},
                          {"organisation_id", house}};
        if (position != nullptr) body["position"] = position;
        return by_admin("/v1/accounts", body, "account_id");
    }

    std::uint64_t house_ = 0;
    std::uint64_t other_ = 0;
    std::string owner_;
};

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
    EXPECT_EQ(by_admin(made.at("organisation_id").to_number<std::uint64_t>()).pointer(), "/organisation_id");
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

/// An owner makes links, and an administrator takes away what let him.
TEST_F(Team, LetsNobodyInByLinksOfAnOwnerWhoIsNoneAnyMore) {
    const auto owner = account_of("qiongzhu.owner");
    const auto clerk = member();
    const auto account = "/v1/accounts/" + std::to_string(owner);
    const std::pair<const char*, std::pair<std::string, json::object>> ways[] = {
        {"disabled", {"POST " + account + "/state", {{"disabled", true}}}},
        {"demoted", {"PATCH " + account, {{"position", "CLERK"}}}},
        {"moved", {"PATCH " + account, {{"organisation_id", other_}}}},
        {"of another trade", {"PATCH " + account, {{"organisation_id", nullptr}, {"roles", {"operator"}}}}},
    };
    for (const auto& [what, way] : ways) {
        owner_ = token_of("qiongzhu.owner");
        const auto invitation = invited("OWNER");
        const auto made = text_of(by_owner("POST", reset_path(clerk)), "token");
        const auto own = text_of(host_.call_as("admin", "POST", reset_path(owner)), "token");
        const auto& [request, body] = way;
        const auto space = request.find(' ');
        const auto changed = host_.call_as("admin", request.substr(0, space), request.substr(space + 1),
                                           json::serialize(body));
        ASSERT_LT(changed.status, 300) << changed.body;
        for (const auto& answer :
             {preview(invitation), accept(invitation, "fresh.owner"), reset(made), reset(own)})
            EXPECT_EQ(answer.problem(), "link-withdrawn") << what << answer.body;
        host_.transact([&](database::Session& session) {
            const auto id = " WHERE account_id = " + std::to_string(owner);
            session.run("UPDATE account SET disabled = 0, position = 'OWNER', organisation_id = " +
                        std::to_string(house_) + id);
            session.run("UPDATE account_role SET role = 'merchant'" + id);
        });
    }
    EXPECT_EQ(log_in("wang.fang", good_password).status, 200) << "nothing was reset";
}

/// Also where the row itself was not ended: what counts is who made it, at the moment it is used.
TEST_F(Team, AsksAtEachUseWhoMadeTheLink) {
    const auto clerk = member();
    const auto invitation = invited();
    const auto made = text_of(by_owner("POST", reset_path(clerk)), "token");
    const auto of_admin = text_of(host_.call_as("admin", "POST", reset_path(clerk)), "token");
    const auto again = text_of(by_owner("POST", reset_path(clerk)), "token");
    EXPECT_EQ(reset(made).problem(), "link-withdrawn");
    EXPECT_EQ(reset(of_admin).problem(), "link-withdrawn");
    const auto quietly = [&](const std::string& change) {
        host_.transact([&](database::Session& session) { session.run("UPDATE account SET " + change); });
    };
    quietly("position = 'CLERK' WHERE login = 'qiongzhu.owner'");
    EXPECT_EQ(preview(invitation).problem(), "link-withdrawn");
    EXPECT_EQ(reset(again).problem(), "link-withdrawn");
    quietly("position = 'OWNER' WHERE login = 'qiongzhu.owner'");
    EXPECT_EQ(preview(invitation).status, 200);
    quietly("organisation_id = " + std::to_string(other_) + " WHERE login = 'wang.fang'");
    EXPECT_EQ(reset(again).problem(), "link-withdrawn") << "the old house lets nobody into the new one";
    quietly("organisation_id = " + std::to_string(house_) + " WHERE login = 'wang.fang'");
    EXPECT_EQ(reset(again).status, 204);
}

TEST_F(Team, TakesItsPositionsFromAdministratorsToo) {
    json::object body{{"login", "zhao.liu"},
                      {"password", "a long pass phrase"},
                      {"name", "赵六"},
                      {"roles", json::array{"operator"}},
                      {"position", "OWNER"}};
    const auto open = [&] { return host_.call_as("admin", "POST", "/v1/accounts", json::serialize(body)); };
    EXPECT_EQ(open().pointer(), "/position");
    body["roles"] = json::array{"merchant"};
    body["organisation_id"] = house_;
    const auto opened = open();
    ASSERT_EQ(opened.status, 201) << opened.body;
    EXPECT_EQ(text_of(opened, "position"), "OWNER");
    const auto target = "/v1/accounts/" + std::to_string(opened.json().at("account_id").to_number<int>());
    const auto change = [&](const char* text) { return host_.call_as("admin", "PATCH", target, text); };
    EXPECT_EQ(text_of(change(R"({"position":"CLERK"})"), "position"), "CLERK");
    EXPECT_FALSE(change(R"({"position":null})").json().as_object().contains("position"));
    EXPECT_EQ(change(R"({"position":"FINANCE"})").status, 200);
    const auto moved = change(R"({"organisation_id":null,"roles":["operator"]})");
    EXPECT_EQ(moved.status, 200);
    EXPECT_FALSE(moved.json().as_object().contains("position")) << "an operator has none";
    EXPECT_EQ(change(R"({"position":"OWNER"})").pointer(), "/position");
}

}  // namespace
}  // namespace shanhai::identity
