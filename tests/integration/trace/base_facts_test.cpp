#include "integration/trace/fixture.hpp"

namespace shanhai::trace {
namespace {

using Told = event::v1::BaseDeclared;

TEST_F(Trace, TellsOfABaseWhenItIsRegisteredConfirmedAndChanged) {
    auto wanted = base_body();
    wanted["harvest_months"] = json::array{5, 4};
    const auto added = post("/v1/bases", wanted);
    ASSERT_EQ(added.status, 201) << added.body;
    EXPECT_EQ(added.json().at("harvest_months"), (json::array{4, 5}));
    ASSERT_EQ(told<Told>().size(), 1U);
    const auto first = told<Told>().front();
    EXPECT_EQ(first.base_id(), 1U);
    EXPECT_EQ(first.merchant_id(), 5U);
    EXPECT_EQ(first.county_code(), "530624");
    EXPECT_EQ(first.name(), "一号基地");
    EXPECT_EQ(first.product_words(0), "方竹笋");
    EXPECT_EQ(first.mu_x100(), 1000);
    EXPECT_EQ(first.version(), 1);
    EXPECT_FALSE(first.confirmed());
    EXPECT_EQ(first.harvest_months(), 0b11000);
    EXPECT_EQ(post("/v1/bases", wanted).status, 200);
    EXPECT_EQ(confirm(1, 1).problem(), "second-person-needed");
    EXPECT_EQ(told<Told>().size(), 1U) << "nothing became of it";

    ASSERT_EQ(confirm(1, 2).status, 200);
    ASSERT_EQ(told<Told>().size(), 2U);
    EXPECT_TRUE(told<Told>().back().confirmed());
    ASSERT_EQ(confirm(1, 3).status, 200);
    EXPECT_EQ(told<Told>().size(), 2U) << "it was confirmed before";

    wanted = whole_base();
    for (const std::string member : {"harvest_months", "latitude", "longitude"}) {
        auto part = wanted;
        part.erase(member);
        EXPECT_EQ(put("/v1/bases/1", part, "*").pointer(), "/" + member) << "a whole leaves nothing out";
    }
    wanted["harvest_months"] = json::array{};
    ASSERT_EQ(put("/v1/bases/1", wanted, "*").status, 200);
    ASSERT_EQ(told<Told>().size(), 3U);
    EXPECT_EQ(told<Told>().back().version(), 2);
    EXPECT_FALSE(told<Told>().back().confirmed());
    EXPECT_EQ(told<Told>().back().harvest_months(), 0);
    const auto changes = host_.call_as("auditor", "GET", "/v1/bases/1/changes").json().at("items");
    EXPECT_NE(changes.at(1).at("was").as_string().find("harvest_month=4\nharvest_month=5\n"),
              std::string::npos);
}

TEST_F(Trace, WantsMonthsThatThereAreOnceEach) {
    const json::value wrong[] = {
        json::array{13}, json::array{0}, json::array{4, 4}, json::array{"4"}, json::array{4.5}, "4", 4};
    for (const auto& months : wrong) {
        auto body = base_body();
        body["harvest_months"] = months;
        const auto refused = post("/v1/bases", body);
        EXPECT_EQ(refused.status, 422) << months;
        EXPECT_EQ(refused.pointer(), "/harvest_months") << months;
    }
    EXPECT_TRUE(told<Told>().empty());
    auto body = base_body();
    body["harvest_months"] = nullptr;
    EXPECT_EQ(post("/v1/bases", body).json().at("harvest_months"), json::array{});
    EXPECT_EQ(post("/v1/bases", base_body()).status, 200) << "nobody said them either time";
}

}  // namespace
}  // namespace shanhai::trace
