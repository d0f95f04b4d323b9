#include "integration/identity/onboarding.hpp"

#include "identity/http/onboarding_routes.hpp"
#include "support/async.hpp"

namespace shanhai::identity {
namespace {

TEST_F(Onboardings, LetsAHouseInOnTheWordOfTwo) {
    const auto made = applied();
    EXPECT_EQ(log_in("qiongzhu.owner", owner_password).problem(), "login-failed");
    ASSERT_EQ(text_of(verify(first, made), "state"), "VERIFIED_ONCE");
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM organisation"), 0);
    EXPECT_TRUE(told().empty());

    const auto verified = verify(second, made);
    ASSERT_EQ(verified.status, 200) << verified.body;
    EXPECT_EQ(text_of(verified, "state"), "VERIFIED");
    const auto house = verified.json().at("organisation_id").to_number<std::uint64_t>();
    const auto signed_in = log_in("qiongzhu.owner", owner_password);
    ASSERT_EQ(signed_in.status, 200) << signed_in.body;
    const auto account = me(text_of(signed_in, "access_token")).json();
    EXPECT_EQ(account.at("roles"), json::array{"merchant"});
    EXPECT_EQ(account.at("organisation_id").to_number<std::uint64_t>(), house);
    EXPECT_EQ(account.at("name").as_string(), "李明明");

    const auto facts = told();
    ASSERT_EQ(facts.size(), 1U);
    EXPECT_EQ(facts[0].organisation_id(), house);
    EXPECT_EQ(facts[0].uscc(), "93530624MA6K00000C");
    EXPECT_EQ(facts[0].business_licence(), "93530624MA6K00000C");
    EXPECT_EQ(facts[0].food_licence(), "SC10153062400012");
    EXPECT_EQ(facts[0].first_account(), first);
    EXPECT_EQ(facts[0].second_account(), second);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM onboarding WHERE password_hash IS NOT NULL"), 0);
}

TEST_F(Onboardings, AreToldWithEachStepToThoseWhoseWordIsAwaited) {
    const auto states = [this] {
        std::vector<std::string> found;
        for (const auto& fact : support::told_facts<event::v1::OnboardingMoved>(host_))
            found.push_back(fact.state() + ' ' + std::to_string(fact.by_account()));
        return found;
    };
    const auto made = applied();
    EXPECT_EQ(step(first, made, {{"action", "RETURN"}, {"reason", "执照看不清"}}).status, 200);
    host_.clock().turn(return_answered_within + std::chrono::hours{1});
    sweep();
    const auto other = applied();
    EXPECT_EQ(verify(first, other).status, 200);
    EXPECT_EQ(verify(first, other).status, 403) << "what is refused is not told";
    EXPECT_EQ(verify(second, other).status, 200);
    EXPECT_EQ(states(), (std::vector<std::string>{"SUBMITTED 0", "RETURNED 101", "WITHDRAWN 0", "SUBMITTED 0",
                                                  "VERIFIED_ONCE 101", "VERIFIED 102"}));
}

TEST_F(Onboardings, NameWhatIsWrong) {
    const std::pair<const char*, std::function<void(json::object&)>> faults[] = {
        {"/name", [](auto& b) { b["name"] = ""; }},
        {"/kind", [](auto& b) { b["kind"] = "SHOP"; }},
        {"/uscc", [](auto& b) { b["uscc"] = "93530624MA6K000001"; }},
        {"/uscc", [](auto& b) { b["county_code"] = "530625"; }},
        {"/uscc", [](auto& b) { b["uscc"] = "93530600MA6K00002R"; }},
        {"/uscc", [](auto& b) { b["uscc"] = "91310112MA1G000000"; }},
        {"/county_code", [](auto& b) { b["county_code"] = "530699"; }},
        {"/business_licence", [](auto& b) { b["business_licence"] = "x"; }},
        {"/business_licence_until", [](auto& b) { b["business_licence_until"] = "2001-01-01"; }},
        {"/business_licence_until", [](auto& b) { b["business_licence_until"] = "9999-12-31"; }},
        {"/food_licence_until", [](auto& b) { b["food_licence_until"] = "9999-12-31"; }},
        {"/food_licence", [](auto& b) { b["food_licence"] = "SC10153062400013"; }},
        {"/food_licence", [](auto& b) { b["food_licence"] = "SC10131011200018"; }},
        {"/food_licence_until", [](auto& b) { b["food_licence_until"] = nullptr; }},
        {"/food_licence_until", [](auto& b) { b["food_licence_until"] = "2001-01-01"; }},
        {"/bank_reference", [](auto& b) { b["bank_reference"] = "6222021234567890123"; }},
        {"/bank_reference", [](auto& b) { b["bank_reference"] = "12 34"; }},
        {"/contact/phone",
         [](auto& b) {
             b["contact"] = json::object{{"name", "李"}, {"phone", "12"}};
         }},
        {"/contact", [](auto& b) { b.erase("contact"); }},
        {"/owner/password", [](auto& b) { b.at("owner").as_object()["password"] = "password1234"; }},
        {"/owner/password", [](auto& b) { b.at("owner").as_object().erase("password"); }},
        {"/owner/login", [](auto& b) { b.at("owner").as_object()["login"] = "x"; }},
        {"/extra", [](auto& b) { b["extra"] = 1; }},
    };
    for (const auto& [pointer, spoil] : faults) {
        auto body = onboarding_body();
        spoil(body);
        const auto answer = apply(body);
        EXPECT_EQ(answer.status, 422) << pointer << answer.body;
        EXPECT_EQ(answer.pointer(), pointer) << answer.body;
    }
    EXPECT_EQ(host_.call("POST", "/v1/onboardings", json::serialize(onboarding_body())).problem(),
              "idempotency-key-missing");
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM onboarding"), 0);
    auto explained = onboarding_body("昭通市某合作社", "93530600MA6K00002R");
    explained["area_note"] = "由市局登记";
    EXPECT_EQ(apply(explained).status, 201);
}

TEST_F(Onboardings, AreVerifiedWithWhateverTheirPapersMaySay) {
    auto body = onboarding_body();
    body["business_licence_until"] = "2199-12-31";
    body["food_licence_until"] = "2199-12-31";
    const auto made = applied(body);
    ASSERT_EQ(verify(first, made).status, 200);
    ASSERT_EQ(verify(second, made).status, 200);
    EXPECT_EQ(told().at(0).business_licence_until_day(), told().at(0).food_licence_until_day());
}

/// Time passes between handing in and looking, and rules may have been others when it came.
TEST_F(Onboardings, AreNotVerifiedOnPapersThatWouldBeRefusedNow) {
    const auto made = applied();
    ASSERT_EQ(verify(first, made).status, 200);
    host_.transact([](database::Session& session) {
        session.run("UPDATE onboarding SET business_licence_until = '9999-12-31'");
    });
    const auto refused = verify(second, made);
    EXPECT_EQ(refused.problem(), "papers-not-good") << refused.body;
    EXPECT_EQ(step(second, made, {{"action", "RETURN"}, {"reason", "长期请留空"}}).status, 200);
    EXPECT_EQ(by_applicant(made, "PUT", "", onboarding_body()).status, 200);
    const auto old = applied(onboarding_body("另一家", "93530624MA6K00003M", "another"));
    host_.transact([](database::Session& session) {
        session.run("UPDATE onboarding SET food_licence_until = '2020-01-01'");
    });
    EXPECT_EQ(verify(first, old).problem(), "papers-not-good");
}

TEST_F(Onboardings, MakeOneOfTheSameRequestSentTwice) {
    const auto once = apply(onboarding_body(), "one");
    ASSERT_EQ(once.status, 201) << once.body;
    const auto again = apply(onboarding_body(), "one");
    EXPECT_EQ(again.status, 200) << again.body;
    EXPECT_EQ(text_of(again, "access_token"), text_of(once, "access_token"));
    EXPECT_EQ(apply(onboarding_body("别的名字"), "one").problem(), "idempotency-key-reused");
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM onboarding"), 1);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM onboarding_step"), 1);
}

TEST_F(Onboardings, RefuseWhatIsRegistered) {
    const auto register_house = [&](const char* name, const char* uscc) {
        json::object body{{"name", name}, {"kind", "MERCHANT"}, {"uscc", uscc}};
        ASSERT_EQ(host_.call_as("operator", "POST", "/v1/organisations", json::serialize(body)).status, 201);
    };
    register_house("大关县翠竹专业合作社", "93530624MA6K00001F");
    EXPECT_EQ(apply(onboarding_body("大关县翠竹专业合作社")).problem(), "organisation-exists");
    EXPECT_EQ(apply(onboarding_body("别的名字", "93530624MA6K00001F")).problem(), "organisation-exists");
    const auto made = applied();

    // Registered by hand while the application waits: the second word finds it out, and nothing is half-done.
    ASSERT_EQ(verify(first, made).status, 200);
    register_house("谁家", "93530624MA6K00000C");
    EXPECT_EQ(verify(second, made).problem(), "organisation-exists");
    EXPECT_EQ(text_of(by_applicant(made, "GET"), "state"), "VERIFIED_ONCE");
    EXPECT_EQ(log_in("qiongzhu.owner", owner_password).problem(), "login-failed");
}

TEST_F(Onboardings, GiveNobodyALoginThatSomebodyGotMeanwhile) {
    const auto made = applied();
    ASSERT_EQ(verify(first, made).status, 200);
    open_account("qiongzhu.owner", "a long pass phrase");
    EXPECT_EQ(verify(second, made).problem(), "login-taken");
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM organisation"), 0) << "half of it stayed";
    EXPECT_EQ(step(second, made, {{"action", "RETURN"}, {"reason", "请另选用户名"}}).status, 200);
    auto body = onboarding_body();
    body.at("owner").as_object()["login"] = "qiongzhu.second";
    ASSERT_EQ(by_applicant(made, "PUT", "", body).status, 200);
    ASSERT_EQ(verify(first, made, 2).status, 200);
    ASSERT_EQ(verify(second, made, 2).status, 200);
    EXPECT_EQ(log_in("qiongzhu.second", owner_password).status, 200);
}

/// Whoever asks without an account learns of no login whether there is one, and cannot keep a house out.
TEST_F(Onboardings, TellStrangersNothingAndKeepNobodyOut) {
    const auto taken = apply(onboarding_body("大关县筇竹专业合作社", "93530624MA6K00000C", "ADMIN"));
    const auto free = apply(onboarding_body("大关县筇竹专业合作社", "93530624MA6K00000C", "nobody.yet"));
    const auto same = apply(onboarding_body("大关县筇竹专业合作社", "93530624MA6K00003M", "nobody.yet"));
    for (const auto& answer : {taken, free, same}) EXPECT_EQ(answer.status, 201) << answer.body;
    const Made false_one{taken.header("Location"), text_of(taken, "access_token")};
    const Made true_one{free.header("Location"), text_of(free, "access_token")};
    const auto seen = by_operator(first, "GET", true_one.target).json();
    EXPECT_EQ(seen.at("rivals").as_int64(), 2) << "by its code, and by its name";
    EXPECT_FALSE(by_applicant(true_one, "GET").json().as_object().contains("rivals"));
    EXPECT_EQ(by_operator(first, "GET", "/v1/onboardings").json().at("items").at(2).at("rivals").as_int64(),
              2);

    EXPECT_EQ(verify(first, false_one).problem(), "login-taken") << "the first who looks is told";
    ASSERT_EQ(step(first, false_one, {{"action", "RETURN"}, {"reason", "请另选用户名"}}).status, 200);
    EXPECT_EQ(by_applicant(false_one, "PUT", "", onboarding_body("甲", "93530624MA6K00000C", "admin")).status,
              200)
        << "a correction tells as little";
    ASSERT_EQ(verify(first, true_one).status, 200);
    ASSERT_EQ(verify(second, true_one).status, 200);
    EXPECT_EQ(by_operator(first, "GET", true_one.target).json().at("state").as_string(), "VERIFIED");
    const Made third{same.header("Location"), text_of(same, "access_token")};
    EXPECT_EQ(verify(first, third).problem(), "login-taken") << "the first who was let in has it";
}

TEST_F(Onboardings, GoBackToTheApplicantAndBeginAnew) {
    const auto made = applied();
    ASSERT_EQ(verify(first, made).status, 200);
    EXPECT_EQ(step(second, made, {{"action", "RETURN"}}).pointer(), "/reason");
    EXPECT_EQ(step(second, made, {{"action", "REJECT"}}).pointer(), "/reason");
    EXPECT_EQ(step(second, made, {{"action", "SUBMIT"}}).pointer(), "/action");
    ASSERT_EQ(step(second, made, {{"action", "RETURN"}, {"reason", "缺许可证"}}).status, 200);
    const auto seen = by_applicant(made, "GET").json();
    EXPECT_EQ(seen.at("state").as_string(), "RETURNED");
    EXPECT_EQ(seen.at("steps").as_array().back().at("reason").as_string(), "缺许可证");
    EXPECT_FALSE(seen.at("steps").as_array().back().as_object().contains("by_account"))
        << "who sent it back is the operator's business";
    EXPECT_EQ(verify(first, made).problem(), "step-not-now");

    auto body = onboarding_body("大关县筇竹专业合作社（更正）");
    body.at("owner").as_object().erase("password");
    const auto corrected = by_applicant(made, "PUT", "", body);
    ASSERT_EQ(corrected.status, 200) << corrected.body;
    EXPECT_EQ(corrected.json().at("version").as_int64(), 2);
    EXPECT_EQ(by_applicant(made, "PUT", "", body).problem(), "step-not-now");
    EXPECT_EQ(verify(second, made, 1).problem(), "version-stale");
    EXPECT_EQ(text_of(verify(second, made, 2), "state"), "VERIFIED_ONCE")
        << "the first word was of other papers";
    EXPECT_EQ(verify(second, made, 2).problem(), "second-person");
    EXPECT_EQ(text_of(verify(first, made, 2), "state"), "VERIFIED");
    EXPECT_EQ(log_in("qiongzhu.owner", owner_password).status, 200) << "the password from before";
    EXPECT_EQ(told().at(0).name(), "大关县筇竹专业合作社（更正）");
    EXPECT_EQ(host_.number("SELECT COUNT(DISTINCT papers) FROM onboarding_step WHERE papers IS NOT NULL"), 2);
}

TEST_F(Onboardings, KeepWhomToCallWhereACorrectionSaysNothingOfIt) {
    const auto made = applied();
    ASSERT_EQ(step(first, made, {{"action", "RETURN"}, {"reason", "缺许可证"}}).status, 200);
    auto body = onboarding_body();
    body["contact"] = {{"name", nullptr}, {"phone", "13900139000"}};
    body.at("owner").as_object().erase("name");
    body.at("owner").as_object().erase("password");
    EXPECT_EQ(apply(body).status, 422) << "an application says all of it";
    ASSERT_EQ(by_applicant(made, "PUT", "", body).status, 200);
    const auto shown = by_operator(first, "POST", made.target + "/contact-views");
    EXPECT_EQ(text_of(shown, "name"), "李明");
    EXPECT_EQ(text_of(shown, "phone"), "13900139000");
    EXPECT_EQ(text_of(shown, "owner_name"), "李明明");

    ASSERT_EQ(step(first, made, {{"action", "RETURN"}, {"version", 2}, {"reason", "还缺"}}).status, 200);
    body["contact"] = {{"name", ""}, {"phone", "12"}};
    const auto refused = by_applicant(made, "PUT", "", body);
    EXPECT_EQ(refused.problem(), "validation-failed") << "what is said is looked at";
    EXPECT_EQ(refused.pointer(), "/contact/name");
    body["contact"] = json::object();
    host_.transact([](database::Session& session) {
        session.run("UPDATE onboarding_contact SET wrapped_key = NULL, sealed = ''");
    });
    EXPECT_EQ(by_applicant(made, "PUT", "", body).pointer(), "/contact")
        << "there is nothing that could stay";
    EXPECT_EQ(by_applicant(made, "PUT", "", onboarding_body()).status, 200);
}

/// Counts what the pool of sign-ins would be asked to do.
class CountedPasswords final : public Passwords {
public:
    boost::asio::awaitable<Result<std::string>> hash(std::string) override {
        ++hashes;
        co_return std::string{"$argon2id$counted"};
    }
    boost::asio::awaitable<Result<bool>> matches(std::string, std::string) override { co_return false; }

    int hashes = 0;
};

TEST_F(Onboardings, CostASlowHashOnlyWhenNothingElseRefusesThem) {
    applied();
    Admitting admitting{
        host_.pool(), ApplicantVault{host_.secrets().key("identity_vault")}, {publish_moved, {}, [] {}}};
    CountedPasswords passwords;
    const http::Cursors cursors{host_.secrets().key("cursor")};
    OnboardingRoutes routes{admitting, passwords, cursors};
    http::Router router;
    routes.mount(router);
    const auto send = [&](const json::object& body, const std::string& key) {
        const auto text = json::serialize(body);
        http::Request request;
        request.method = http::Method::post;
        request.path = "/v1/onboardings";
        request.body = text;
        request.headers = {{"Content-Type", "application/json"}, {"Idempotency-Key", key}};
        static boost::asio::io_context io;  // A pool's thread may still be inside it when the call is over.
        return support::finish(io, router.answer(request)).status;
    };
    host_.call_as("operator", "POST", "/v1/organisations",
                  R"({"name":"一家","kind":"MERCHANT","uscc":"93530624MA6K00001F"})");
    EXPECT_EQ(send(onboarding_body("又一家", "93530624MA6K00001F", "another"), "a"), 409);
    EXPECT_EQ(send(onboarding_body(), "key-1"), 200) << "the same request once more";
    EXPECT_EQ(send(onboarding_body("别的名字"), "key-1"), 422);
    EXPECT_EQ(passwords.hashes, 0);
    EXPECT_EQ(send(onboarding_body("又一家", "93530624MA6K00003M", "another"), "b"), 201);
    EXPECT_EQ(passwords.hashes, 1);
    EXPECT_EQ(send(onboarding_body("又一家", "93530624MA6K00003M", "another"), "b"), 200);
    EXPECT_EQ(passwords.hashes, 1);
}

TEST_F(Onboardings, EndWhenTheyAreRejectedOrWithdrawn) {
    const auto rejected = applied();
    ASSERT_EQ(step(first, rejected, {{"action", "REJECT"}, {"reason", "不在名录"}}).status, 200);
    EXPECT_EQ(verify(second, rejected).problem(), "step-not-now");
    EXPECT_EQ(by_applicant(rejected, "POST", "/steps", {{"action", "WITHDRAW"}, {"version", 1}}).problem(),
              "step-not-now");
    const auto withdrawn = applied();
    EXPECT_EQ(by_applicant(withdrawn, "POST", "/steps", {{"action", "VERIFY"}, {"version", 1}}).problem(),
              "not-the-verifier");
    EXPECT_EQ(step(first, withdrawn, {{"action", "WITHDRAW"}}).problem(), "not-the-applicant");
    EXPECT_EQ(by_applicant(withdrawn, "POST", "/steps", {{"action", "WITHDRAW"}, {"version", 1}}).status,
              200);
    EXPECT_EQ(verify(first, withdrawn).problem(), "step-not-now");
    EXPECT_EQ(log_in("qiongzhu.owner", owner_password).problem(), "login-failed");
    EXPECT_EQ(apply(onboarding_body()).status, 201) << "its code, name and login are free again";
}

TEST_F(Onboardings, OpenToTheirOwnKeyAndToStaffOnly) {
    const auto made = applied();
    const auto other = applied(onboarding_body("另一家", "93530624MA6K00003M", "another"));
    EXPECT_EQ(host_.call("GET", made.target).problem(), "onboarding-unknown");
    EXPECT_EQ(by_applicant({made.target, other.token}, "GET").problem(), "onboarding-unknown");
    EXPECT_EQ(by_applicant({"/v1/onboardings/99", made.token}, "GET").problem(), "onboarding-unknown");
    EXPECT_EQ(by_applicant({made.target, other.token}, "PUT", "", onboarding_body()).problem(),
              "onboarding-unknown");
    EXPECT_EQ(
        by_applicant({made.target, ""}, "POST", "/steps", {{"action", "WITHDRAW"}, {"version", 1}}).problem(),
        "onboarding-unknown");
    EXPECT_EQ(host_.call_as("merchant", "GET", made.target).problem(), "role-missing");
    EXPECT_EQ(host_.call_as("certifier", "POST", made.target + "/steps", "{}").problem(), "role-missing");
    EXPECT_EQ(host_.call_as("auditor", "POST", made.target + "/steps", "{}").problem(), "role-missing");
    EXPECT_EQ(host_.call_as("auditor", "GET", made.target).status, 200);
    const auto all = host_.call_as("operator", "GET", "/v1/onboardings?limit=1").json();
    EXPECT_EQ(all.at("items").as_array().size(), 1U);
    const auto next = std::string{all.at("next").as_string()};
    EXPECT_EQ(host_.call_as("operator", "GET", "/v1/onboardings?limit=1&cursor=" + next)
                  .json()
                  .at("items")
                  .at(0)
                  .at("name")
                  .as_string(),
              "另一家");
    EXPECT_TRUE(host_.call_as("operator", "GET", "/v1/onboardings?state=VERIFIED")
                    .json()
                    .at("items")
                    .as_array()
                    .empty());
    EXPECT_EQ(host_.call_as("operator", "GET", "/v1/onboardings?state=X").status, 422);
}

TEST_F(Onboardings, ShowWhomToCallToThoseWhoVerifyAndWriteItDown) {
    const auto made = applied();
    for (const auto& answer : {by_applicant(made, "GET"), by_operator(first, "GET", made.target),
                               by_operator(first, "GET", "/v1/onboardings")}) {
        EXPECT_EQ(answer.body.find("138"), std::string::npos) << answer.body;
        EXPECT_EQ(answer.body.find("李明"), std::string::npos) << answer.body;
    }
    const auto views = made.target + "/contact-views";
    EXPECT_EQ(host_.call("POST", views, "", {{"Onboarding-Access-Token", made.token}}).problem(),
              "token-missing");
    EXPECT_EQ(host_.call_as("auditor", "POST", views).problem(), "role-missing");
    const auto shown = by_operator(first, "POST", views);
    ASSERT_EQ(shown.status, 201) << shown.body;
    EXPECT_EQ(text_of(shown, "phone"), "13800138000");
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM onboarding_contact_view WHERE by_account = 101"), 1);
    EXPECT_EQ(by_operator(first, "POST", "/v1/onboardings/99/contact-views").problem(), "onboarding-unknown");

    ASSERT_EQ(verify(first, made).status, 200);
    ASSERT_EQ(verify(second, made).status, 200);
    EXPECT_EQ(by_operator(second, "POST", views).status, 201);
    EXPECT_EQ(by_operator(103, "POST", views).problem(), "not-the-verifier");
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM outbox WHERE INSTR(frame, '13800138000') > 0"), 0);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM onboarding_contact WHERE INSTR(sealed, '13800138000') > 0"),
              0);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM onboarding_step WHERE INSTR(papers, '李明') > 0"), 0);
}

}  // namespace
}  // namespace shanhai::identity
