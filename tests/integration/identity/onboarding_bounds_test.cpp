#include "integration/identity/onboarding.hpp"

#include "identity/http/onboarding_routes.hpp"
#include "support/async.hpp"

namespace shanhai::identity {
namespace {

// What is forgotten, how much is kept, and what comes at once.

TEST_F(Onboardings, ForgetWhatNobodyAnswers) {
    const auto made = applied();
    ASSERT_EQ(step(first, made, {{"action", "RETURN"}, {"reason", "缺许可证"}}).status, 200);
    host_.clock().turn(return_answered_within - 1h);
    sweep();
    EXPECT_EQ(text_of(by_applicant(made, "GET"), "state"), "RETURNED");
    host_.clock().turn(2h);
    sweep();
    EXPECT_EQ(text_of(by_applicant(made, "GET"), "state"), "WITHDRAWN");
    EXPECT_EQ(by_operator(first, "POST", made.target + "/contact-views").status, 201);
    host_.clock().turn(contact_kept + 24h);
    sweep();
    EXPECT_EQ(by_operator(first, "POST", made.target + "/contact-views").problem(), "contact-destroyed");
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM onboarding_contact WHERE LENGTH(sealed) > 0"), 0);
    EXPECT_FALSE(by_applicant(made, "GET").json().as_object().contains("login"));
}

TEST_F(Onboardings, ForgetWhomToCallAlsoOfTheHousesThatCameOfThem) {
    const auto made = applied();
    ASSERT_EQ(verify(first, made).status, 200);
    ASSERT_EQ(verify(second, made).status, 200);
    const auto waiting = applied(onboarding_body("另一家", "93530624MA6K00003M", "another"));
    host_.clock().turn(contact_kept - 1h);
    sweep();
    EXPECT_EQ(by_operator(first, "POST", made.target + "/contact-views").status, 201);
    host_.clock().turn(2h);
    sweep();
    EXPECT_EQ(by_operator(first, "POST", made.target + "/contact-views").problem(), "contact-destroyed");
    EXPECT_EQ(by_operator(first, "POST", waiting.target + "/contact-views").status, 201);
    EXPECT_EQ(log_in("qiongzhu.owner", owner_password).status, 200);
}

TEST_F(Onboardings, ForgetSomeAtATime) {
    host_.transact([](database::Session& session) {
        database::Insert rows{
            "INSERT INTO onboarding (state, version, name, kind, uscc, county_code, business_licence, "
            "bank_reference, area_note, login, created_at, changed_at, request_key, request_hash) VALUES"};
        const auto at = session.now();
        for (int i = 0; i < 201; ++i) {
            const auto number = std::to_string(1'000'000 + i);
            const auto key = database::Literal::bytes(security::sha256(number));
            rows.row("REJECTED", 1, "house " + number, "COMPANY", "93530624000" + number, "530624", number,
                     "x", "", "login" + number, at, at, key, key);
        }
        rows.run(session);
        session.run("INSERT INTO onboarding_contact SELECT onboarding_id, 'key', 'sealed' FROM onboarding");
    });
    const auto left = [&] {
        return host_.number("SELECT COUNT(*) FROM onboarding_contact WHERE wrapped_key IS NOT NULL");
    };
    host_.clock().turn(contact_kept + 1h);
    sweep();
    EXPECT_EQ(left(), 1);
    sweep();
    EXPECT_EQ(left(), 0);
}

TEST_F(Onboardings, LetNobodyDecideAboutTheirOwnHouse) {
    const auto made = applied();
    json::object body{{"name", "平台"}, {"kind", "OPERATOR"}, {"uscc", "93530624MA6K00000C"}};
    const auto house = host_.call_as("operator", "POST", "/v1/organisations", json::serialize(body));
    const auto id = house.json().at("organisation_id").to_number<std::uint64_t>();
    EXPECT_EQ(step(first, made, {{"action", "VERIFY"}}, id).problem(), "conflict-of-interest");
}

TEST_F(Onboardings, AreNotMoreThanPeopleCanLookAt) {
    applied();
    host_.transact([](database::Session& session) {
        database::Insert rows{
            "INSERT INTO onboarding (state, version, name, kind, uscc, county_code, business_licence, "
            "bank_reference, area_note, login, password_hash, created_at, changed_at, request_key, "
            "request_hash) VALUES"};
        const auto at = session.now();
        for (int i = 1; i < open_onboardings_max; ++i) {
            const auto number = std::to_string(1'000'000 + i);
            const auto key = database::Literal::bytes(security::sha256(number));
            rows.row("SUBMITTED", 1, "house " + number, "COMPANY", "93530624000" + number, "530624", number,
                     "x", "", "login" + number, "hash", at, at, key, key);
        }
        rows.run(session);
    });
    const auto full = apply(onboarding_body("又一家", "93530624MA6K00003M", "another"));
    EXPECT_EQ(full.problem(), "onboardings-full");
    EXPECT_FALSE(full.header("Retry-After").empty());
    host_.transact([](database::Session& session) {
        session.run(
            "UPDATE onboarding SET state = 'REJECTED', password_hash = NULL ORDER BY onboarding_id DESC LIMIT 1");
    });
    EXPECT_EQ(apply(onboarding_body("又一家", "93530624MA6K00003M", "another")).status, 201);
}

TEST_F(Onboardings, OfRivalsLetOneWin) {
    std::array<Made, 3> rivals;
    for (std::size_t i = 0; i < rivals.size(); ++i) {
        const auto number = std::to_string(i);
        rivals[i] = applied(onboarding_body("合作社" + number, "93530624MA6K00000C", "owner." + number));
        ASSERT_EQ(verify(first, rivals[i]).status, 200);
    }
    std::vector<std::thread> threads;
    std::array<Answer, 3> answers;
    for (std::size_t i = 0; i < answers.size(); ++i)
        threads.emplace_back([&, i] { answers[i] = verify(second, rivals[i]); });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(std::ranges::count(answers, 200, &Answer::status), 1);
    for (const auto& answer : answers) {
        if (answer.status == 200) continue;
        EXPECT_EQ(answer.problem(), "organisation-exists") << answer.body;
    }
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM organisation"), 1);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM account WHERE login LIKE 'owner.%'"), 1);
}

TEST_F(Onboardings, TakeTheSameRequestAtOnceForOne) {
    std::vector<std::thread> threads;
    std::array<Answer, 4> answers;
    for (auto& answer : answers)
        threads.emplace_back([&] {
            answer = host_.call("POST", "/v1/onboardings", json::serialize(onboarding_body()),
                                {{"Idempotency-Key", "same"}});
        });
    for (auto& thread : threads) thread.join();
    for (const auto& answer : answers) {
        ASSERT_LT(answer.status, 300) << answer.body;
        EXPECT_EQ(text_of(answer, "access_token"), text_of(answers[0], "access_token"));
    }
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM onboarding"), 1);
}

/// Both look at what nobody verified yet: together they are the two.
TEST_F(Onboardings, CountTwoVerifiersWhoComeAtOnce) {
    const auto made = applied();
    std::array<Answer, 6> answers;
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < answers.size(); ++i)
        threads.emplace_back([&, i] { answers[i] = verify(i % 2 == 0 ? first : second, made); });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(std::ranges::count(answers, 200, &Answer::status), 2);
    EXPECT_EQ(text_of(by_applicant(made, "GET"), "state"), "VERIFIED");
    EXPECT_EQ(told().size(), 1U);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM organisation"), 1);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM account WHERE login = 'qiongzhu.owner'"), 1);
}

}  // namespace
}  // namespace shanhai::identity
