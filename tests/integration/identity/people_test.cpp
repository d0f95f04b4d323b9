#include "integration/identity/fixture.hpp"

namespace shanhai::identity {
namespace {

TEST_F(Identity, OpensAccountsForItsAdministratorsOnly) {
    const auto body =
        R"({"login":"li.ming","password":"a long pass phrase","name":"李明","roles":["merchant"]})";
    EXPECT_EQ(host_.call("POST", "/v1/accounts", body).problem(), "token-missing");
    EXPECT_EQ(host_.call_as("operator", "POST", "/v1/accounts", body).problem(), "role-missing");
    EXPECT_EQ(host_.call_as("admin", "POST", "/v1/accounts", body).status, 201);
    EXPECT_EQ(host_.call_as("admin", "POST", "/v1/accounts", body).problem(), "login-taken");

    const auto signed_in = log_in("LI.MING", "a long pass phrase");
    ASSERT_EQ(signed_in.status, 200);
    const security::TokenVerifier verifier{host_.secrets().read("access_token_public")};
    const auto principal = verifier.verify(text_of(signed_in, "access_token"));
    ASSERT_TRUE(principal);
    EXPECT_EQ(principal->name, "李明");
    EXPECT_EQ(principal->roles, std::vector<std::string>{"merchant"});
}

TEST_F(Identity, NamesWhatIsWrongWithAnAccount) {
    const std::pair<const char*, const char*> faults[] = {
        {R"({"login":"x","password":"a long pass phrase","name":"n","roles":["merchant"]})", "/login"},
        {R"({"login":"liming","password":"a long pass phrase","name":"n","roles":["admin","operator"]})",
         "/roles"},
        {R"({"login":"liming","password":"a long pass phrase","name":"n","roles":["auditor","merchant"]})",
         "/roles"},
        {R"({"login":"liming","password":"password1234","name":"n","roles":["merchant"]})", "/password"},
        {R"({"login":"liming","password":"short","name":"n","roles":["merchant"]})", "/password"},
        {R"({"login":"liming","password":"a long pass phrase","name":"n","roles":["king"]})", "/roles/0"},
        {R"({"login":"liming","password":"a long pass phrase","name":"n","roles":[]})", "/roles"},
        {R"({"login":"liming","password":"a long pass phrase","name":"","roles":["admin"]})", "/name"},
        {R"({"login":"liming","password":"a long pass phrase","name":"n","roles":["admin"],"x":1})", "/x"},
        {R"({"login":"liming","password":"a long pass phrase","name":"n","roles":["admin"],"organisation_id":99})",
         "/organisation_id"},
    };
    for (const auto& [body, pointer] : faults) {
        const auto answer = host_.call_as("admin", "POST", "/v1/accounts", body);
        EXPECT_EQ(answer.status, 422) << answer.body;
        EXPECT_EQ(answer.pointer(), pointer) << answer.body;
    }
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM account"), 1);
}

TEST_F(Identity, LocksDisabledAccountsOutAtOnce) {
    const auto id = open_account("li.ming", "a long pass phrase");
    const auto token = text_of(log_in("li.ming", "a long pass phrase"), "refresh_token");
    const auto path = "/v1/accounts/" + std::to_string(id) + "/state";
    EXPECT_EQ(host_.call_as("operator", "POST", path, R"({"disabled":true})").status, 403);
    EXPECT_EQ(host_.call_as("admin", "POST", path, R"({"disabled":true})").status, 204);
    EXPECT_EQ(refresh(token).problem(), "refresh-invalid");
    EXPECT_EQ(log_in("li.ming", "a long pass phrase").problem(), "login-failed");

    EXPECT_EQ(host_.call_as("admin", "POST", path, R"({"disabled":false})").status, 204);
    EXPECT_EQ(refresh(token).problem(), "refresh-invalid") << "an ended session came back";
    EXPECT_EQ(log_in("li.ming", "a long pass phrase").status, 200);
    EXPECT_EQ(host_.call_as("admin", "POST", "/v1/accounts/99/state", R"({"disabled":true})").status, 404);
    EXPECT_EQ(host_.call_as("admin", "POST", "/v1/accounts/1/state", R"({"disabled":true})").problem(),
              "own-account");
}

TEST_F(Identity, ChangesRolesAndEndsTheSessionsThatHadTheOthers) {
    const auto id = open_account("li.ming", "a long pass phrase");
    const auto path = "/v1/accounts/" + std::to_string(id);
    const auto token = text_of(log_in("li.ming", "a long pass phrase"), "refresh_token");
    EXPECT_EQ(host_.call_as("operator", "PATCH", path, R"({"roles":["merchant"]})").status, 403);
    EXPECT_EQ(host_.call_as("admin", "PATCH", path, R"({"name":"李明明"})").status, 200);
    EXPECT_EQ(refresh(token).status, 200) << "a name ends nothing";
    EXPECT_EQ(host_.call_as("admin", "PATCH", path, R"({"roles":["merchant","certifier"]})").pointer(),
              "/roles");
    const auto changed = host_.call_as("admin", "PATCH", path, R"({"roles":["certifier"]})");
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(changed.json().at("roles"), json::array{"certifier"});
    EXPECT_EQ(text_of(changed, "name"), "李明明");
    EXPECT_EQ(live_sessions(), 0);
    EXPECT_EQ(host_.call_as("admin", "PATCH", path, R"({"organisation_id":99})").pointer(),
              "/organisation_id");
    EXPECT_EQ(host_.call_as("admin", "PATCH", "/v1/accounts/99", R"({"name":"n"})").problem(),
              "account-unknown");
    const auto all = host_.call_as("admin", "GET", "/v1/accounts").json().at("items").as_array();
    EXPECT_EQ(all.size(), 2U);
}

TEST_F(Identity, GivesNoRoleThatDoesNotFitTheHouse) {
    const auto organisation = [&](const char* kind) {
        json::object body{{"name", kind}, {"kind", kind}};
        const auto made = host_.call_as("operator", "POST", "/v1/organisations", json::serialize(body));
        return made.json().at("organisation_id").to_number<std::int64_t>();
    };
    const auto seller = organisation("MERCHANT");
    const auto office = organisation("DISTRICT_OFFICE");
    json::object body{{"login", "li.ming"},
                      {"password", "a long pass phrase"},
                      {"name", "李明"},
                      {"roles", json::array{"certifier"}},
                      {"organisation_id", seller}};
    const auto open = [&] { return host_.call_as("admin", "POST", "/v1/accounts", json::serialize(body)); };
    EXPECT_EQ(open().pointer(), "/organisation_id");
    body["organisation_id"] = office;
    const auto opened = open();
    ASSERT_EQ(opened.status, 201) << opened.body;

    const auto path = "/v1/accounts/" + std::to_string(opened.json().at("account_id").to_number<int>());
    const auto change = [&](const json::object& wanted) {
        return host_.call_as("admin", "PATCH", path, json::serialize(wanted));
    };
    EXPECT_EQ(change({{"roles", json::array{"merchant"}}}).pointer(), "/roles");
    EXPECT_EQ(change({{"organisation_id", seller}}).pointer(), "/organisation_id");
    EXPECT_EQ(change({{"organisation_id", seller}, {"roles", json::array{"merchant"}}}).status, 200);
    EXPECT_EQ(change({{"organisation_id", nullptr}, {"roles", json::array{"certifier"}}}).status, 200);
}

TEST_F(Identity, KeepsAnAdministratorWhoCanSignIn) {
    EXPECT_EQ(host_.call_as("admin", "PATCH", "/v1/accounts/1", R"({"roles":["merchant"]})").problem(),
              "last-administrator");
    const auto body = R"({"login":"second","password":"a long pass phrase","name":"二号","roles":["admin"]})";
    ASSERT_EQ(host_.call_as("admin", "POST", "/v1/accounts", body).status, 201);
    // Who has a temporary password cannot sign in with it, and may never.
    ASSERT_EQ(host_.call_as("admin", "POST", "/v1/accounts/2/password").status, 200);
    EXPECT_EQ(host_.call_as("admin", "PATCH", "/v1/accounts/1", R"({"roles":["merchant"]})").problem(),
              "last-administrator");
    host_.transact([](database::Session& session) {
        session.run("UPDATE account SET password_until = NULL WHERE account_id = 2");
    });
    // The test signs in as account 1; the two administrators take the role from each other at once.
    std::vector<int> statuses(2);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < 2; ++i) {
        threads.emplace_back([&, i] {
            const auto path = "/v1/accounts/" + std::to_string(i + 1);
            statuses[i] = host_.call_as("admin", "PATCH", path, R"({"roles":["merchant"]})").status;
        });
    }
    for (auto& thread : threads) thread.join();
    std::ranges::sort(statuses);
    EXPECT_EQ(statuses, (std::vector<int>{200, 409}));
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM account_role WHERE role = 'admin'"), 1);
}

TEST_F(Identity, LetsPeopleChooseAnotherPasswordAndEndsTheirOtherSessions) {
    open_account("li.ming", "a long pass phrase");
    const auto elsewhere = text_of(log_in("li.ming", "a long pass phrase"), "refresh_token");
    const auto here = log_in("li.ming", "a long pass phrase");
    const auto change = [&](const std::string& present, const std::string& next) {
        const json::object body{{"login", "li.ming"}, {"password", present}, {"new_password", next}};
        return host_.call("POST", "/v1/auth/password", json::serialize(body),
                          {{"Authorization", "Bearer " + text_of(here, "access_token")}});
    };
    EXPECT_EQ(change("not the password", "an even longer phrase").problem(), "login-failed");
    EXPECT_EQ(change("a long pass phrase", "qwertyuiop123").pointer(), "/new_password");
    EXPECT_EQ(change("a long pass phrase", "a long pass phrase").pointer(), "/new_password");
    ASSERT_EQ(change("a long pass phrase", "an even longer phrase").status, 204);
    EXPECT_EQ(refresh(elsewhere).problem(), "refresh-invalid");
    EXPECT_EQ(refresh(text_of(here, "refresh_token")).status, 200) << "the own session goes on";
    EXPECT_EQ(log_in("li.ming", "a long pass phrase").problem(), "login-failed");
    EXPECT_EQ(log_in("li.ming", "an even longer phrase").status, 200);
}

TEST_F(Identity, GivesAPasswordForOneUse) {
    const auto id = open_account("li.ming", "a long pass phrase");
    const auto path = "/v1/accounts/" + std::to_string(id) + "/password";
    EXPECT_EQ(host_.call_as("operator", "POST", path).status, 403);
    EXPECT_EQ(host_.call_as("admin", "POST", "/v1/accounts/1/password").problem(), "own-account");
    EXPECT_EQ(host_.call_as("admin", "POST", "/v1/accounts/99/password").problem(), "account-unknown");
    const auto token = text_of(log_in("li.ming", "a long pass phrase"), "refresh_token");
    const auto reset = host_.call_as("admin", "POST", path);
    ASSERT_EQ(reset.status, 200) << reset.body;
    EXPECT_EQ(reset.header("Cache-Control"), "no-store");
    EXPECT_EQ(refresh(token).problem(), "refresh-invalid");
    EXPECT_EQ(log_in("li.ming", "a long pass phrase").problem(), "login-failed");
    const auto temporary = text_of(reset, "temporary_password");
    EXPECT_EQ(log_in("li.ming", temporary).problem(), "password-change-required");
    const json::object body{
        {"login", "li.ming"}, {"password", temporary}, {"new_password", "the river at dawn"}};
    ASSERT_EQ(host_.call("POST", "/v1/auth/password", json::serialize(body)).status, 204);
    EXPECT_EQ(log_in("li.ming", temporary).problem(), "login-failed");
    EXPECT_EQ(log_in("li.ming", "the river at dawn").status, 200);

    const auto late = text_of(host_.call_as("admin", "POST", path), "temporary_password");
    host_.clock().turn(std::chrono::hours{72} - std::chrono::minutes{1});
    EXPECT_EQ(log_in("li.ming", late).problem(), "password-change-required");
    host_.clock().turn(std::chrono::minutes{1});
    EXPECT_EQ(log_in("li.ming", late).problem(), "login-failed") << "it is good for 72 hours";
}

TEST_F(Identity, TellsTheOthersWhoseTokensAreVoid) {
    const auto id = open_account("li.ming", "a long pass phrase");
    const auto path = "/v1/accounts/" + std::to_string(id);
    const auto told = [&] { return host_.number("SELECT COUNT(*) FROM outbox"); };
    const auto first = text_of(log_in("li.ming", "a long pass phrase"), "refresh_token");
    EXPECT_EQ(told(), 0) << "signing in says nothing to anybody";
    with_token("/v1/auth/logout", first);
    with_token("/v1/auth/logout", first);
    EXPECT_EQ(told(), 1);
    host_.call_as("admin", "PATCH", path, R"({"roles":["merchant"]})");
    EXPECT_EQ(told(), 2);
    host_.call_as("admin", "POST", path + "/state", R"({"disabled":true})");
    EXPECT_EQ(told(), 3);
    host_.call_as("admin", "POST", path + "/password");
    EXPECT_EQ(told(), 4);
    const auto bearer = "Bearer " + text_of(log_in_as_admin(), "access_token");
    EXPECT_EQ(host_.call("POST", "/v1/auth/logout-all", "", {{"Authorization", bearer}}).status, 204);
    EXPECT_EQ(told(), 5);
    EXPECT_EQ(live_sessions(), 0);
}

TEST_F(Identity, RegistersAnOrganisationOnceAndSaysSo) {
    const auto body = R"({"name":"大关县筇竹专业合作社","kind":"MERCHANT","county_code":"530624"})";
    const auto first = host_.call_as("operator", "POST", "/v1/organisations", body);
    ASSERT_EQ(first.status, 201) << first.body;
    const auto again = host_.call_as("operator", "POST", "/v1/organisations", body);
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM outbox"), 1);

    const auto other = R"({"name":"大关县筇竹专业合作社","kind":"OPERATOR"})";
    EXPECT_EQ(host_.call_as("operator", "POST", "/v1/organisations", other).problem(), "organisation-exists");
    EXPECT_EQ(host_.call_as("merchant", "POST", "/v1/organisations", body).problem(), "role-missing");
}

TEST_F(Identity, KnowsNoOrganisationOfACountyThatThereIsNot) {
    for (const char* code : {"999999", "533421"}) {
        const json::object body{{"name", "无处合作社"}, {"kind", "MERCHANT"}, {"county_code", code}};
        EXPECT_EQ(host_.call_as("operator", "POST", "/v1/organisations", json::serialize(body)).pointer(),
                  "/county_code")
            << code;
    }
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM organisation"), 0);
}

TEST_F(Identity, ListsOrganisationsPageByPage) {
    for (const char* name : {"甲", "乙", "丙"}) {
        json::object body;
        body["name"] = name;
        body["kind"] = "MERCHANT";
        host_.call_as("operator", "POST", "/v1/organisations", json::serialize(body));
    }
    EXPECT_EQ(host_.call("GET", "/v1/organisations").status, 401);
    const auto first = host_.call_as("merchant", "GET", "/v1/organisations?limit=2").json();
    EXPECT_EQ(first.at("items").as_array().size(), 2U);
    const std::string cursor{first.at("next").as_string()};
    const auto second = host_.call_as("merchant", "GET", "/v1/organisations?limit=2&cursor=" + cursor).json();
    ASSERT_EQ(second.at("items").as_array().size(), 1U);
    EXPECT_EQ(second.at("items").at(0).at("name").as_string(), "丙");
    EXPECT_TRUE(second.at("next").is_null());
}

TEST_F(Identity, RefusesForgedAndExpiredAccessTokens) {
    const auto good = text_of(log_in_as_admin(), "access_token");
    const security::Principal admin{1, 0, "Administrator", {"admin"}};
    const security::TokenSigner own{host_.secrets().read("access_token_private")};
    const security::TokenSigner forger{security::TokenSigner::generate_pem()};
    const auto payload = good.substr(good.find('.') + 1, good.rfind('.') - good.find('.') - 1);
    const auto none = security::base64url(R"({"alg":"none","kid":")" + own.key_id() + R"("})");

    EXPECT_EQ(me(good).status, 200);
    EXPECT_EQ(me(forger.sign(admin, now(), 600s)).problem(), "token-invalid");
    EXPECT_EQ(me(own.sign(admin, now() - 1h, 600s)).problem(), "token-expired");
    EXPECT_EQ(me(none + "." + payload + ".").problem(), "token-invalid");
    EXPECT_EQ(me(none + good.substr(good.find('.'))).problem(), "token-invalid");
    EXPECT_EQ(me("").problem(), "token-missing");
}

TEST_F(Identity, PublishesTheKeyItSignsWith) {
    const auto answer = host_.call("GET", "/.well-known/jwks.json");
    EXPECT_EQ(answer.status, 200);
    const security::TokenSigner signer{host_.secrets().read("access_token_private")};
    EXPECT_EQ(answer.json().at("keys").at(0).at("kid").as_string(), signer.key_id());
}

}  // namespace
}  // namespace shanhai::identity
