#include "integration/identity/team.hpp"

namespace shanhai::identity {
namespace {

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

/// A token outlives what it says by some moments.
TEST_F(Team, AsksWhatAnOwnerIsNowWhateverHisTokenSays) {
    const auto clerk = member();
    for (const auto* change : {"disabled = 1", "disabled = 0, position = 'CLERK'"}) {
        host_.transact([&](database::Session& session) {
            session.run(std::string{"UPDATE account SET "} + change + " WHERE login = 'qiongzhu.owner'");
        });
        EXPECT_EQ(by_owner("POST", reset_path(clerk)).problem(), "account-unknown") << change;
        EXPECT_EQ(by_owner("PATCH", path(clerk), {{"disabled", true}}).problem(), "account-unknown")
            << change;
        EXPECT_EQ(by_owner("POST", "/v1/invitations", {{"position", "OWNER"}}).status, 422) << change;
    }
    EXPECT_EQ(log_in("wang.fang", good_password).status, 200);
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

TEST_F(Team, IsCalledByNameByThoseWhoLookAtDecisions) {
    const auto owner = account_of("qiongzhu.owner");
    const auto target = "/v1/account-names?ids=" + std::to_string(owner) + ",9999";
    for (const auto* const role : {"operator", "auditor", "admin"}) {
        const auto found = host_.call_as(role, "GET", target);
        ASSERT_EQ(found.status, 200) << found.body;
        const auto items = found.json().at("items").as_array();
        ASSERT_EQ(items.size(), 1U) << "nobody has that number";
        EXPECT_EQ(items[0].at("name").as_string(), "李明明");
        EXPECT_EQ(items[0].at("organisation_id").to_number<std::uint64_t>(), house_);
        EXPECT_FALSE(items[0].as_object().contains("login"));
    }
    const auto seen_by_certifier = [&](std::uint64_t office) {
        return host_.call_as("certifier", "GET", target, {}, office).json().at("items").as_array().size();
    };
    EXPECT_EQ(seen_by_certifier(0), 0U) << "a house acts as a house";
    EXPECT_EQ(seen_by_certifier(other_), 0U);
    EXPECT_EQ(seen_by_certifier(house_), 1U) << "one's own colleagues";
    EXPECT_EQ(by_owner("GET", target).problem(), "role-missing");
    EXPECT_EQ(host_.call("GET", target).problem(), "token-missing");
    std::string many = "1";
    for (int i = 2; i <= 51; ++i) many += "," + std::to_string(i);
    for (const auto& bad : {std::string{}, std::string{"x"}, std::string{"1,"}, std::string{",1"},
                            std::string{"01"}, std::string{"0"}, many}) {
        EXPECT_EQ(host_.call_as("auditor", "GET", "/v1/account-names?ids=" + bad).status, 422) << bad;
    }
    EXPECT_EQ(host_.call_as("auditor", "GET", "/v1/account-names").status, 422);
}

}  // namespace
}  // namespace shanhai::identity
