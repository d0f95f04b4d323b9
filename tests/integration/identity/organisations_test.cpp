#include "integration/identity/onboarding.hpp"

namespace shanhai::identity {
namespace {

json::object facts(const std::string& name, const char* county = "530624", const char* code = nullptr) {
    json::object body{{"name", name}, {"county_code", nullptr}, {"uscc", nullptr}};
    if (county != nullptr) body["county_code"] = county;
    if (code != nullptr) body["uscc"] = code;
    return body;
}

/// A merchant's house and an office, as they were registered.
class CorrectedOrganisations : public Onboardings {
protected:
    CorrectedOrganisations() {
        house_ = registered("大关县翠竹合作社", "MERCHANT");
        office_ = registered("闵行区合作交流办", "DISTRICT_OFFICE");
    }
    std::uint64_t registered(const std::string& name, const char* kind) {
        auto body = facts(name);
        body["kind"] = kind;
        const auto made = host_.call_as("operator", "POST", "/v1/organisations", json::serialize(body));
        EXPECT_EQ(made.status, 201) << made.body;
        return made.json().at("organisation_id").to_number<std::uint64_t>();
    }
    static std::string target(std::uint64_t id) { return "/v1/organisations/" + std::to_string(id); }
    Answer look(std::uint64_t id, const char* role = "merchant") {
        return host_.call_as(role, "GET", target(id));
    }
    Answer put(std::uint64_t id, json::object body, const std::string& tag, const char* role = "operator") {
        if (!body.contains("reason")) body["reason"] = "营业执照换新";
        return host_.call("PUT", target(id), json::serialize(body),
                          {{"Authorization", host_.bearer(role)}, {"If-Match", tag}});
    }
    Answer correct(std::uint64_t id, const json::object& body, const char* role = "operator") {
        return put(id, body, look(id).header("ETag"), role);
    }
    json::array changes(std::uint64_t id) {
        return host_.call_as("auditor", "GET", target(id) + "/changes").json().at("items").as_array();
    }
    /// What was told of it last.
    event::v1::OrganisationRegistered told_last(std::uint64_t id) {
        event::v1::OrganisationRegistered last;
        for (const auto& fact : support::told_facts<event::v1::OrganisationRegistered>(host_)) {
            if (fact.organisation_id() == id) last = fact;
        }
        return last;
    }

    std::uint64_t house_ = 0;
    std::uint64_t office_ = 0;
};

TEST_F(CorrectedOrganisations, KeepWhatTheyWereAndTellWhatTheyAre) {
    const auto before = look(house_);
    ASSERT_EQ(before.status, 200) << before.body;
    EXPECT_EQ(before.json().at("version").to_number<int>(), 1);
    const auto corrected = correct(house_, facts("大关县筇竹合作社", "530625", "93530624MA6K00000C"));
    ASSERT_EQ(corrected.status, 200) << corrected.body;
    EXPECT_EQ(text_of(corrected, "name"), "大关县筇竹合作社");
    EXPECT_EQ(text_of(corrected, "kind"), "MERCHANT");
    EXPECT_EQ(corrected.json().at("version").to_number<int>(), 2);
    EXPECT_EQ(corrected.header("ETag"), look(house_).header("ETag"));
    EXPECT_NE(corrected.header("ETag"), before.header("ETag"));

    const auto kept = changes(house_);
    ASSERT_EQ(kept.size(), 1U);
    const auto& change = kept.at(0);
    EXPECT_EQ(change.at("reason").as_string(), "营业执照换新");
    EXPECT_EQ(change.at("by_account").to_number<int>(), 1);
    EXPECT_EQ(change.at("before").at("name").as_string(), "大关县翠竹合作社");
    EXPECT_FALSE(change.at("before").as_object().contains("uscc"));
    EXPECT_EQ(change.at("after").at("uscc").as_string(), "93530624MA6K00000C");
    EXPECT_EQ(change.at("after").at("county_code").as_string(), "530625");

    const auto fact = told_last(house_);
    EXPECT_EQ(fact.name(), "大关县筇竹合作社");
    EXPECT_EQ(fact.kind(), "MERCHANT");
    EXPECT_EQ(fact.uscc(), "93530624MA6K00000C");
    EXPECT_EQ(fact.county_code(), "530625");
    EXPECT_EQ(fact.corrected_by(), 1U);
    EXPECT_EQ(told_last(office_).corrected_by(), 0U) << "that one is as it was registered";
}

TEST_F(CorrectedOrganisations, ChangeNothingBySayingTheSameAgain) {
    const auto facts_told = support::told_facts<event::v1::OrganisationRegistered>(host_).size();
    const auto same = correct(house_, facts("大关县翠竹合作社"));
    ASSERT_EQ(same.status, 200) << same.body;
    EXPECT_EQ(same.json().at("version").to_number<int>(), 1);
    EXPECT_TRUE(changes(house_).empty());
    EXPECT_EQ(support::told_facts<event::v1::OrganisationRegistered>(host_).size(), facts_told);
}

TEST_F(CorrectedOrganisations, NameWhatIsWrongWithACorrection) {
    const auto tag = look(house_).header("ETag");
    const auto pointer = [&](const char* member, const json::value& value) {
        auto body = facts("大关县翠竹合作社");
        body[member] = value;
        return put(house_, body, tag).pointer();
    };
    EXPECT_EQ(pointer("name", ""), "/name");
    std::string of_81;
    for (int i = 0; i < 81; ++i) of_81 += "竹";
    EXPECT_EQ(pointer("name", json::value(of_81)), "/name") << "no merchant is called that long";
    EXPECT_EQ(pointer("uscc", "93530624MA6K000001"), "/uscc");
    EXPECT_EQ(pointer("county_code", "530699"), "/county_code");
    EXPECT_EQ(pointer("reason", ""), "/reason");
    EXPECT_EQ(pointer("kind", "OPERATOR"), "/kind") << "nobody changes what it is";
    for (const auto* const member : {"name", "uscc", "county_code"}) {
        auto body = facts("大关县翠竹合作社");
        body.erase(member);
        EXPECT_EQ(put(house_, body, tag).pointer(), std::string{"/"} + member)
            << "a whole has all its members";
    }
    EXPECT_EQ(host_
                  .call_as("operator", "PUT", target(house_),
                           json::serialize(json::object{
                               {"name", "n"}, {"uscc", nullptr}, {"county_code", nullptr}, {"reason", "r"}}))
                  .status,
              428);
    EXPECT_EQ(put(house_, facts("新名字"), "\"another\"").problem(), "version-stale");
    EXPECT_EQ(put(99, facts("新名字"), "*").problem(), "organisation-unknown");
    EXPECT_EQ(look(99).problem(), "organisation-unknown");
    EXPECT_EQ(host_.call_as("auditor", "GET", target(99) + "/changes").problem(), "organisation-unknown");
    EXPECT_EQ(correct(house_, facts("闵行区合作交流办")).problem(), "organisation-exists");
    EXPECT_TRUE(changes(house_).empty());
}

TEST_F(CorrectedOrganisations, AreAnOperatorsOnlyWhereTheySell) {
    const auto audit = registered("审计处", "AUDIT_OFFICE");
    const auto platform = registered("平台运营", "OPERATOR");
    for (const auto id : {office_, audit, platform}) {
        EXPECT_EQ(correct(id, facts("改过的单位")).problem(), "administrator-corrects") << id;
        EXPECT_EQ(correct(id, facts("改过的单位" + std::to_string(id)), "admin").status, 200) << id;
    }
    EXPECT_EQ(correct(house_, facts("大关县筇竹合作社"), "admin").status, 200);
    for (const auto* const role : {"merchant", "certifier", "auditor"}) {
        EXPECT_EQ(correct(house_, facts("别的名字"), role).problem(), "role-missing") << role;
        EXPECT_EQ(look(house_, role).status, 200) << role;
    }
    EXPECT_EQ(host_.call_as("merchant", "GET", target(house_) + "/changes").problem(), "role-missing");
}

TEST_F(CorrectedOrganisations, KeepTheCreditCodeThatTwoPeopleVerified) {
    const auto made = applied();
    verify(first, made);
    const auto house = verify(second, made).json().at("organisation_id").to_number<std::uint64_t>();
    const auto renamed = facts("大关县筇竹有限公司", "530624", "93530624MA6K00000C");
    ASSERT_EQ(correct(house, renamed).status, 200) << "a new licence brings a new name";
    for (const auto* const code : {"93530624MA6K00001F", static_cast<const char*>(nullptr)}) {
        for (const auto* const role : {"operator", "admin"}) {
            EXPECT_EQ(correct(house, facts("大关县筇竹有限公司", "530624", code), role).problem(),
                      "credit-code-verified");
        }
    }
    EXPECT_EQ(told_last(house).name(), "大关县筇竹有限公司");
    EXPECT_EQ(correct(house_, facts("大关县翠竹合作社", "530624", "93530624MA6K00001F")).status, 200)
        << "one that was typed by the operator is theirs to correct";
    EXPECT_EQ(correct(house_, facts("大关县翠竹合作社", "530624", "93530624MA6K00000C")).problem(),
              "organisation-exists");
}

TEST_F(CorrectedOrganisations, LetOneOfTwoAtOnceThrough) {
    const auto tag = look(house_).header("ETag");
    std::vector<Answer> answers(6);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        threads.emplace_back(
            [&, i] { answers[i] = put(house_, facts("第" + std::to_string(i) + "个名字"), tag); });
    }
    for (auto& thread : threads) thread.join();
    const auto with = [&](int status) {
        return std::ranges::count(answers, status, [](const Answer& answer) { return answer.status; });
    };
    EXPECT_EQ(with(200), 1);
    EXPECT_EQ(with(412), static_cast<std::int64_t>(answers.size()) - 1);
    EXPECT_EQ(changes(house_).size(), 1U);
    EXPECT_EQ(told_last(house_).name(), text_of(look(house_), "name"));
}

}  // namespace
}  // namespace shanhai::identity
