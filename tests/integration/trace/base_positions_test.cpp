#include "integration/trace/fixture.hpp"

#include "support/async.hpp"

#include <tuple>
#include <utility>

namespace shanhai::trace {
namespace {

json::object lying(json::object body, json::value latitude, json::value longitude) {
    body["latitude"] = std::move(latitude);
    body["longitude"] = std::move(longitude);
    return body;
}

/// What stands under these two names, as degrees; -1 where it is null.
std::pair<double, double> place_in(const json::value& body) {
    const auto degrees = [&](const char* name) {
        return body.at(name).is_null() ? -1.0 : body.at(name).to_number<double>();
    };
    return {degrees("latitude"), degrees("longitude")};
}

constexpr std::pair<double, double> exact{27.74891, 103.887};
constexpr std::pair<double, double> about{27.75, 103.89};

TEST_F(Trace, KnowsABaseByItsPositionToAMetre) {
    const auto wanted = lying(base_body(), 27.748914, 103.887);
    const auto added = post("/v1/bases", wanted);
    ASSERT_EQ(added.status, 201) << added.body;
    EXPECT_EQ(place_in(added.json()), exact);
    EXPECT_EQ(post("/v1/bases", lying(base_body(), 27.74891, 103.887)).status, 200) << "the same to a metre";
    EXPECT_EQ(post("/v1/bases", lying(base_body(), 27.74892, 103.887)).problem(), "base-exists");
    EXPECT_EQ(post("/v1/bases", base_body()).problem(), "base-exists") << "there somebody said where";
    auto other = base_body();
    other["name"] = "二号基地";
    EXPECT_EQ(place_in(post("/v1/bases", other).json()), (std::pair{-1.0, -1.0})) << "nobody said where";
    other["name"] = "三号基地";
    EXPECT_EQ(post("/v1/bases", lying(other, 27, 103)).status, 201) << "whole degrees are degrees";
}

TEST_F(Trace, WantsBothDegreesOfAPlaceInChinaOrNeither) {
    const std::tuple<json::value, json::value, const char*> wrong[] = {
        {27.75, nullptr, "/longitude"},  {nullptr, 103.89, "/latitude"},
        {2.99999, 103.89, "/latitude"},  {54.00001, 103.89, "/latitude"},
        {27.75, 72.99999, "/longitude"}, {27.75, 136.00001, "/longitude"},
        {103.89, 27.75, "/latitude"},    {-27.75, 103.89, "/latitude"},
        {"27.75", 103.89, "/latitude"},  {27.75, "东经", "/longitude"},
        {27.75, true, "/longitude"},     {27.75, json::array{}, "/longitude"},
        {1e300, 103.89, "/latitude"}};
    for (const auto& [latitude, longitude, pointer] : wrong) {
        const auto refused = post("/v1/bases", lying(base_body(), latitude, longitude));
        EXPECT_EQ(refused.status, 422) << latitude << " " << longitude;
        EXPECT_EQ(refused.problem(), "validation-failed");
        EXPECT_EQ(refused.pointer(), pointer) << refused.body;
    }
    auto alone = base_body();
    alone["longitude"] = 103.89;
    EXPECT_EQ(post("/v1/bases", alone).pointer(), "/latitude");
    const auto both = post("/v1/bases", lying(base_body(), 103.89, 27.75));
    EXPECT_EQ(both.json().at("errors").as_array().size(), 2U) << both.body;
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM base"), 0);
    EXPECT_EQ(post("/v1/bases", lying(base_body(), nullptr, nullptr)).status, 201);
}

TEST_F(Trace, TellsOnlyItsHouseAndThoseWhoOverseeExactlyWhereABaseLies) {
    ASSERT_EQ(post("/v1/bases", lying(base_body(), 27.748914, 103.887)).status, 201);
    const auto seen_by = [&](const char* role, std::uint64_t organisation) {
        const auto one = host_.call_as(role, "GET", "/v1/bases/1", {}, organisation);
        const auto list = host_.call_as(role, "GET", "/v1/bases", {}, organisation);
        EXPECT_EQ(place_in(list.json().at("items").at(0)), place_in(one.json())) << role;
        return place_in(one.json());
    };
    EXPECT_EQ(place_in(host_.call("GET", "/v1/bases/1").json()), about);
    EXPECT_EQ(place_in(host_.call("GET", "/v1/bases").json().at("items").at(0)), about);
    EXPECT_EQ(seen_by("merchant", 8), about);
    EXPECT_EQ(seen_by("merchant", 9), exact);
    for (const auto* role : {"operator", "auditor", "certifier"}) EXPECT_EQ(seen_by(role, 0), exact) << role;
}

TEST_F(Trace, KeepsWhatWasReadRoughlyFromBeingWrittenBack) {
    ASSERT_EQ(post("/v1/bases", lying(base_body(), 27.748914, 103.887)).status, 201);
    const auto rough = host_.call("GET", "/v1/bases/1");
    const auto body = lying(whole_base(), rough.json().at("latitude"), rough.json().at("longitude"));
    EXPECT_EQ(put("/v1/bases/1", body, rough.header("ETag")).problem(), "version-stale");
    EXPECT_EQ(confirm(1, 2, rough.header("ETag")).problem(), "version-stale") << "nor confirmed unseen";
    const auto known = host_.call_as("merchant", "GET", "/v1/bases/1", {}, 9);
    EXPECT_EQ(
        host_
            .call("GET", "/v1/bases/1", {},
                  {{"Authorization", host_.bearer("operator")}, {"If-None-Match", known.header("ETag")}})
            .status,
        304);
    const auto changed = put("/v1/bases/1", lying(whole_base(), 27.7, 103.887), known.header("ETag"));
    EXPECT_EQ(changed.status, 200) << changed.body;
}

TEST_F(Trace, ConfirmsAPositionAgainAndKeepsWhatItWas) {
    ASSERT_EQ(post("/v1/bases", lying(base_body(), 27.748914, 103.887)).status, 201);
    ASSERT_EQ(confirm(1, 2, "*").status, 200);
    const auto moved = put("/v1/bases/1", lying(whole_base(), 27.76, 103.9), "*");
    ASSERT_EQ(moved.status, 200) << moved.body;
    EXPECT_EQ(moved.json().at("version").as_int64(), 2);
    EXPECT_FALSE(moved.json().at("confirmed").as_bool());
    const auto left = put("/v1/bases/1", whole_base(), "*");
    EXPECT_EQ(place_in(left.json()), (std::pair{-1.0, -1.0}));
    const auto changes = host_.call_as("auditor", "GET", "/v1/bases/1/changes").json().at("items");
    EXPECT_TRUE(
        changes.at(1).at("was").as_string().ends_with("\nlatitude_e5=2774891\nlongitude_e5=10388700\n"));
    EXPECT_TRUE(
        changes.at(2).at("was").as_string().ends_with("\nlatitude_e5=2776000\nlongitude_e5=10390000\n"));
}

TEST_F(Trace, ShowsOnACardAboutWhereTheBaseLies) {
    base_ = post("/v1/bases", lying(base_body(), 27.748914, 103.887)).json().at("base_id").as_int64();
    ASSERT_EQ(confirm(base_, 2, "*").status, 200);
    ASSERT_EQ(post("/v1/lots", lot_body("A1")).status, 201);
    const auto shown = [&](const char* target) {
        const auto card = host_.call("GET", target);
        return card.status == 200 && card.json().at("base").is_object();
    };
    for (const auto* target : {"/v1/origin-cards/lots/1", "/v1/origin-cards/products/70"}) {
        ASSERT_TRUE(support::eventually([&] { return shown(target); })) << target;
        EXPECT_EQ(place_in(host_.call("GET", target).json().at("base")), about) << target;
        EXPECT_EQ(place_in(host_.call_as("operator", "GET", target).json().at("base")), about) << target;
    }
    ASSERT_EQ(put("/v1/bases/1", whole_base(), "*").status, 200);
    EXPECT_TRUE(support::eventually([&] {
        const auto now = host_.call("GET", "/v1/origin-cards/lots/1").json();
        return place_in(now.at("base")) == std::pair{-1.0, -1.0};
    }));
}

}  // namespace
}  // namespace shanhai::trace
