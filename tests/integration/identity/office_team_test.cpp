#include "integration/identity/team.hpp"

#include "chassis/security/totp.hpp"
#include "identity/domain/second_factor.hpp"
#include "support/base32.hpp"

namespace shanhai::identity {
namespace {

/// An office with one certifier, who has a second factor, beside another office and an auditing body.
class OfficeTeam : public Team {
protected:
    OfficeTeam() {
        host_.clock().hold(now());
        office_ = organisation("某区合作交流办", "DISTRICT_OFFICE");
        elsewhere_ = organisation("别区合作交流办", "DISTRICT_OFFICE");
        id_ = opened("office.zhou", {"certifier"}, office_);
        opened("elsewhere.wu", {"certifier"}, elsewhere_);
    }
    std::uint64_t organisation(const char* name, const char* kind) {
        return by_admin("/v1/organisations", {{"name", name}, {"kind", kind}}, "organisation_id");
    }
    Answer with_code(const std::string& target, const std::string& login, const std::string& code,
                     const std::string& password = owner_password) {
        json::object body{{"login", login}, {"password", password}};
        if (!code.empty()) body["code"] = code;
        return host_.call("POST", target, json::serialize(body));
    }
    /// A token of somebody who set a second factor up just now.
    std::string enrolled(const std::string& login, const std::string& password = owner_password) {
        const auto made = with_code("/v1/auth/second-factor", login, "", password);
        EXPECT_EQ(made.status, 201) << made.body;
        const auto secret = support::from_base32(made.json().at("secret").as_string());
        const auto code = [&] {
            return security::totp_code(secret, security::totp_step(host_.clock().now()));
        };
        EXPECT_EQ(with_code("/v1/auth/second-factor/confirmation", login, code(), password).status, 204);
        host_.clock().turn(security::totp_period);
        return text_of(with_code("/v1/auth/login", login, code(), password), "access_token");
    }
    /// An administrator lets in whom a colleague invited.
    void confirm(std::uint64_t account) {
        const auto target = "/v1/accounts/" + std::to_string(account) + "/state";
        EXPECT_EQ(host_.call_as("admin", "POST", target, R"({"disabled":false})").status, 204);
    }
    Answer invite(const std::string& token, const json::object& body = {}) {
        return as(token, "POST", "/v1/invitations", body);
    }

    std::uint64_t office_ = 0;
    std::uint64_t elsewhere_ = 0;
    std::uint64_t id_ = 0;  ///< The certifier's.
};

TEST_F(OfficeTeam, TakesInAColleagueOfItsCertifier) {
    const auto certifier = enrolled("office.zhou");
    const auto invitation = invite(certifier);
    ASSERT_EQ(invitation.status, 201) << invitation.body;
    EXPECT_EQ(text_of(invitation, "role"), "certifier");
    EXPECT_FALSE(invitation.json().as_object().contains("position"));
    const auto token = text_of(invitation, "token");
    const auto shown = preview(token);
    EXPECT_EQ(text_of(shown, "organisation_name"), "某区合作交流办");
    EXPECT_EQ(text_of(shown, "role"), "certifier");
    const auto accepted = accept(token).json();
    EXPECT_EQ(accepted.at("organisation_id").to_number<std::uint64_t>(), office_);
    EXPECT_EQ(accepted.at("roles"), (json::array{"certifier"}));
    EXPECT_EQ(accepted.at("let_in_by").to_number<std::uint64_t>(), id_);
    EXPECT_TRUE(accepted.at("second_factor_required").as_bool());
    EXPECT_TRUE(accepted.at("awaits_administrator").as_bool());
    const auto second_id = accepted.at("account_id").to_number<std::uint64_t>();
    EXPECT_EQ(log_in("wang.fang", good_password).problem(), "login-failed")
        << "nobody makes their own second person";
    EXPECT_EQ(as(certifier, "PATCH", path(second_id), {{"disabled", false}}).problem(),
              "awaits-administrator");
    confirm(second_id);
    EXPECT_EQ(log_in("wang.fang", good_password).problem(), "second-factor-enrolment-required")
        << "the second person's word is worth a second factor";
    const auto colleague = enrolled("wang.fang", good_password);
    EXPECT_EQ(me(colleague).json().at("roles"), (json::array{"certifier"}));
    const auto people = as(colleague, "GET", "/v1/team").json().at("items").as_array();
    ASSERT_EQ(people.size(), 2U);
    EXPECT_EQ(people.at(0).at("login").as_string(), "office.zhou");
    EXPECT_EQ(as(colleague, "GET", "/v1/invitations").json().at("items").at(0).at("state").as_string(),
              "USED");
}

TEST_F(OfficeTeam, SignsInWithASecondFactorWhicheverWayItsPeopleCame) {
    const auto refused = [&](const std::string& login) { return log_in(login, owner_password).problem(); };
    EXPECT_EQ(refused("office.zhou"), "second-factor-enrolment-required") << "an administrator opened it";
    const auto auditor = opened("office.audit", {"auditor"}, office_);
    EXPECT_EQ(refused("office.audit"), "second-factor-enrolment-required");
    spare(auditor);
    EXPECT_EQ(log_in("office.audit", owner_password).status, 200) << "an administrator may spare somebody";
    const auto clerk = opened("li.clerk", {"merchant"}, house_);
    EXPECT_EQ(log_in("li.clerk", owner_password).status, 200) << "who sells chooses for themselves";
    const json::object becomes{{"roles", json::array{"certifier"}}, {"organisation_id", office_}};
    const auto target = "/v1/accounts/" + std::to_string(clerk);
    ASSERT_EQ(host_.call_as("admin", "PATCH", target, json::serialize(becomes)).status, 200);
    EXPECT_EQ(refused("li.clerk"), "second-factor-enrolment-required") << "nor who comes to an office later";
    EXPECT_EQ(me(enrolled("office.zhou")).status, 200);
}

TEST_F(OfficeTeam, NeedsASecondFactorOfWhoInvites) {
    spare(id_);
    EXPECT_EQ(invite(token_of("office.zhou")).problem(), "second-factor-missing");
    const auto certifier = enrolled("office.zhou");
    const auto token = text_of(invite(certifier), "token");
    host_.transact([](database::Session& session) { session.run("DELETE FROM second_factor"); });
    EXPECT_EQ(preview(token).problem(), "link-withdrawn") << "its maker has none any more";
    EXPECT_EQ(accept(token).problem(), "link-withdrawn");
}

TEST_F(OfficeTeam, GivesOnlyWhatItsOwnKindHoldsAndNobodyMoreThanTheyAre) {
    const auto certifier = enrolled("office.zhou");
    EXPECT_EQ(invite(certifier, {{"organisation_id", elsewhere_}}).pointer(), "/organisation_id");
    for (const auto* role : {"admin", "operator", "merchant", "auditor", "king"})
        EXPECT_EQ(invite(certifier, {{"role", role}}).pointer(), "/role") << role;
    EXPECT_EQ(invite(certifier, {{"position", "OWNER"}}).pointer(), "/position");
    EXPECT_EQ(by_owner("POST", "/v1/invitations", {{"role", "certifier"}, {"position", "CLERK"}}).pointer(),
              "/role");
    EXPECT_EQ(by_owner("POST", "/v1/invitations").pointer(), "/position");
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM link"), 0);

    const auto by_administrator = [&](std::uint64_t house, json::object body) {
        body["organisation_id"] = house;
        return host_.call_as("admin", "POST", "/v1/invitations", json::serialize(body));
    };
    EXPECT_EQ(by_administrator(office_, {{"role", "operator"}}).pointer(), "/role");
    EXPECT_EQ(text_of(by_administrator(office_, {{"role", "auditor"}}), "role"), "auditor");
    EXPECT_EQ(text_of(by_administrator(organisation("审计处", "AUDIT_OFFICE"), {}), "role"), "auditor");
    EXPECT_EQ(by_administrator(organisation("平台", "OPERATOR"), {}).pointer(), "/organisation_id");
}

TEST_F(OfficeTeam, ShowsAnAuditorWhoWorksThereAndLetsHimChangeNothing) {
    spare(opened("office.audit", {"auditor"}, office_));
    const auto auditor = token_of("office.audit");
    EXPECT_EQ(as(auditor, "GET", "/v1/team").json().at("items").as_array().size(), 2U);
    EXPECT_EQ(invite(auditor).problem(), "role-missing");
    EXPECT_EQ(as(auditor, "PATCH", path(id_), {{"disabled", true}}).problem(), "role-missing");
}

TEST_F(OfficeTeam, LeavesItToAdministratorsToShutSomebodyOut) {
    const auto inviter = enrolled("office.zhou");
    const auto made = accept(text_of(invite(inviter), "token")).json().at("account_id");
    const auto second_id = made.to_number<std::uint64_t>();
    confirm(second_id);
    const auto invited_one = enrolled("wang.fang", good_password);
    EXPECT_EQ(as(invited_one, "PATCH", path(id_), {{"disabled", true}}).problem(), "administrator-needed");
    EXPECT_EQ(as(inviter, "PATCH", path(second_id), {{"disabled", true}}).problem(), "administrator-needed")
        << "nor does whoever let somebody in";
    EXPECT_EQ(as(enrolled("elsewhere.wu"), "PATCH", path(second_id), {{"disabled", true}}).problem(),
              "account-unknown");
    EXPECT_EQ(as(inviter, "PATCH", path(id_), {{"disabled", true}}).problem(), "own-account");
    EXPECT_EQ(as(inviter, "PATCH", path(second_id), {{"position", "CLERK"}}).pointer(), "/position");
    EXPECT_EQ(as(inviter, "POST", reset_path(second_id)).problem(), "role-missing")
        << "nobody makes the second person's password";
    const auto target = "/v1/accounts/" + std::to_string(second_id) + "/state";
    ASSERT_EQ(host_.call_as("admin", "POST", target, R"({"disabled":true})").status, 204);
    EXPECT_EQ(log_in("wang.fang", good_password).problem(), "login-failed");
    EXPECT_EQ(live_sessions_of("wang.fang"), 0);
    EXPECT_EQ(as(inviter, "PATCH", path(second_id), {{"disabled", false}}).problem(),
              "disabled-by-administrator");
}

TEST_F(OfficeTeam, IsAskedForItsInvitationsByItself) {
    const auto certifier = enrolled("office.zhou");
    ASSERT_EQ(invite(certifier).status, 201);
    const auto listed = [](const Answer& answer) { return answer.json().at("items").as_array().size(); };
    const auto of = [](std::uint64_t house) {
        return "/v1/invitations?organisation_id=" + std::to_string(house);
    };
    EXPECT_EQ(listed(host_.call_as("admin", "GET", of(office_))), 1U);
    EXPECT_EQ(listed(host_.call_as("admin", "GET", of(elsewhere_))), 0U);
    EXPECT_EQ(listed(as(certifier, "GET", of(office_))), 1U);
    EXPECT_EQ(listed(as(certifier, "GET", of(elsewhere_))), 0U);
    EXPECT_EQ(listed(as(enrolled("elsewhere.wu"), "GET", of(office_))), 0U)
        << "another office's are not told";
    EXPECT_EQ(host_.call_as("admin", "GET", "/v1/invitations?organisation_id=x").status, 422);
}

TEST_F(OfficeTeam, WithdrawsItsOwnInvitationsOnly) {
    const auto certifier = enrolled("office.zhou");
    const auto invitation = invite(certifier);
    const auto target = "/v1/invitations/" +
                        std::to_string(invitation.json().at("invitation_id").to_number<int>()) +
                        "/withdrawal";
    EXPECT_EQ(as(enrolled("elsewhere.wu"), "POST", target).problem(), "invitation-unknown");
    EXPECT_EQ(as(owner_, "POST", target).problem(), "invitation-unknown");
    EXPECT_EQ(text_of(as(certifier, "POST", target), "state"), "WITHDRAWN");
    EXPECT_EQ(accept(text_of(invitation, "token")).problem(), "link-withdrawn");
}

}  // namespace
}  // namespace shanhai::identity
