#include "integration/channel/fixture.hpp"

#include "shanhai/event/v1/channel.pb.h"
#include "shanhai/event/v1/frame.pb.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace shanhai::channel {
namespace {

TEST_F(Channel, LeadsAScanToWhatIsOnScreenRightAfterItWasSaid) {
    EXPECT_EQ(scan().header("Location").substr(0, 4), "/?a=");
    const auto set = put_playlist(1, {item(11, "2020-01-01T00:00:00Z", "2098-01-01T00:00:00Z")});
    ASSERT_EQ(set.status, 200) << set.body;
    EXPECT_EQ(set.json().at("playlist").at(0).at("seconds").as_int64(), 15);
    const auto answer = scan();
    EXPECT_EQ(answer.status, 302);
    EXPECT_EQ(answer.header("Location").substr(0, 8), "/p/11?a=");
    EXPECT_EQ(answer.header("Cache-Control"), "no-store");
    const auto data = host_.call("GET", "/s/" + token_, {}, {{"Accept", "application/json"}});
    EXPECT_EQ(data.status, 200);
    EXPECT_EQ(data.json().at("product_id").as_int64(), 11);

    put_playlist(1, {});
    EXPECT_EQ(host_.call_as("operator", "GET", "/v1/placements/1").json().at("playlist").as_array().size(),
              0U);
}

TEST_F(Channel, LetsNobodyReplaceAPlaylistThatSomebodyElseChangedMeanwhile) {
    const auto tag = [this] { return host_.call_as("operator", "GET", "/v1/placements/1").header("ETag"); };
    const auto opened = tag();
    const auto first = item(11, "2020-01-01T00:00:00Z", "2098-01-01T00:00:00Z");
    const auto second = item(11, "2021-01-01T00:00:00Z", "2098-01-01T00:00:00Z");
    EXPECT_EQ(put_playlist(1, {first}, "").problem(), "if-match-missing");
    const auto saved = put_playlist(1, {first}, opened);
    ASSERT_EQ(saved.status, 200) << saved.body;
    const auto stale = put_playlist(1, {second}, opened);
    EXPECT_EQ(stale.status, 412);
    EXPECT_EQ(stale.problem(), "version-stale");
    const auto kept = host_.call_as("operator", "GET", "/v1/placements/1");
    EXPECT_EQ(kept.json().at("playlist").at(0).at("from").as_string(), "2020-01-01T00:00:00Z");
    EXPECT_EQ(put_playlist(1, {first, second}, saved.header("ETag")).status, 200);
}

TEST_F(Channel, PlaysNothingThatWasNeverListed) {
    const auto leads_to = [this] { return std::string{scan().header("Location")}.substr(0, 5); };
    learn({offer(1, 11, "530624", true)});
    const auto set = put_playlist(1, {item(11, "2020-01-01T00:00:00Z", "2098-01-01T00:00:00Z")});
    ASSERT_EQ(set.status, 200) << "it may be planned for: " << set.body;
    EXPECT_NE(leads_to(), "/p/11");
    const auto data = host_.call("GET", "/s/" + token_, {}, {{"Accept", "application/json"}});
    EXPECT_TRUE(data.json().at("product_id").is_null());
    EXPECT_TRUE(data.json().at("playing").as_array().empty()) << data.body;
    learn({offer(1, 11, "530624")});
    EXPECT_TRUE(support::eventually([&] { return leads_to() == "/p/11"; }));
    learn({offer(1, 11, "530624", true)});
    EXPECT_TRUE(support::eventually([&] { return leads_to() != "/p/11"; }));
}

TEST_F(Channel, CorrectsACampaignAndItsPlacements) {
    const auto put = [&](const std::string& target, const json::object& body, const std::string& etag) {
        return host_.call("PUT", target, json::serialize(body),
                          {{"Authorization", host_.bearer("operator")}, {"If-Match", etag}});
    };
    const auto first = host_.call("GET", "/v1/campaigns/1");
    ASSERT_EQ(first.status, 200);
    auto wanted = campaign("山海情更深号", "2020-01-01T00:00:00Z", "2098-01-01T00:00:00Z");
    EXPECT_EQ(put("/v1/campaigns/1", wanted, "*").pointer(), "/programme_tag") << "left out is not deleted";
    wanted["programme_tag"] = nullptr;
    EXPECT_EQ(put("/v1/campaigns/1", wanted, "").status, 428);
    EXPECT_EQ(put("/v1/campaigns/1", wanted, "\"x\"").status, 412);
    const auto changed = put("/v1/campaigns/1", wanted, first.header("ETag"));
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(put("/v1/campaigns/1", wanted, first.header("ETag")).status, 412);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM outbox"), 2) << "its placement is told again";
    wanted["to"] = "9999-12-31T23:59:59-14:00";
    EXPECT_EQ(put("/v1/campaigns/1", wanted, changed.header("ETag")).pointer(), "/to");
    auto other = campaign("x", "2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z");
    other["programme_tag"] = nullptr;
    EXPECT_EQ(put("/v1/campaigns/99", other, "*").problem(), "campaign-unknown");

    const auto screen = host_.call_as("operator", "GET", "/v1/placements/1");
    auto moved = placement(1, "2号线 2屏");
    moved["channel"] = "STORE";
    const auto renamed = put("/v1/placements/1", moved, screen.header("ETag"));
    ASSERT_EQ(renamed.status, 200) << renamed.body;
    EXPECT_EQ(renamed.json().at("token"), screen.json().at("token")) << "the code on the wall stays good";
    EXPECT_EQ(put("/v1/placements/1", moved, screen.header("ETag")).status, 412);
    EXPECT_EQ(host_.call_as("merchant", "PUT", "/v1/campaigns/1", json::serialize(wanted)).status, 403);

    for (const auto& [target, before] :
         {std::pair{"/v1/campaigns/1", "name=山海情深号\n"},
          std::pair{"/v1/placements/1", "name=2号线 1屏\nchannel=METRO_QR\n"}}) {
        const auto history = std::string{target} + "/changes";
        const auto items = host_.call_as("auditor", "GET", history).json().at("items").as_array();
        ASSERT_EQ(items.size(), 1U) << target;
        EXPECT_TRUE(std::string{items[0].at("was").as_string()}.starts_with(before)) << items[0];
        EXPECT_EQ(items[0].at("by_account").to_number<int>(), 1);
        EXPECT_EQ(host_.call_as("merchant", "GET", history).status, 403);
        EXPECT_EQ(host_.call("GET", history).status, 401);
    }
    EXPECT_EQ(host_.call_as("operator", "GET", "/v1/campaigns/9/changes").problem(), "campaign-unknown");
    EXPECT_EQ(host_.call_as("operator", "GET", "/v1/placements/9/changes").problem(), "placement-unknown");
}

TEST_F(Channel, TellsTheHistoryOfACampaignPageByPage) {
    for (const char* name : {"一", "二", "三"}) {
        const auto body = campaign(name, "2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z");
        auto wanted = body;
        wanted["programme_tag"] = nullptr;
        const auto changed = host_.call("PUT", "/v1/campaigns/1", json::serialize(wanted),
                                        {{"Authorization", host_.bearer("operator")}, {"If-Match", "*"}});
        ASSERT_EQ(changed.status, 200) << changed.body;
    }
    const std::string history = "/v1/campaigns/1/changes";
    const auto all = host_.call_as("auditor", "GET", history).json();
    EXPECT_EQ(all.at("items").as_array().size(), 3U);
    EXPECT_TRUE(all.at("next").is_null());
    const auto first = host_.call_as("auditor", "GET", history + "?limit=2").json();
    ASSERT_EQ(first.at("items").as_array().size(), 2U);
    const auto cursor = "cursor=" + std::string{first.at("next").as_string()};
    const auto last = host_.call_as("auditor", "GET", history + "?limit=2&" + cursor).json();
    ASSERT_EQ(last.at("items").as_array().size(), 1U);
    EXPECT_EQ(last.at("items").at(0), all.at("items").at(2));
    EXPECT_EQ(last.at("items").at(0).at("what").as_string(), "details");
    EXPECT_TRUE(last.at("next").is_null());
    EXPECT_EQ(host_.call_as("auditor", "GET", history + "?cursor=forged").problem(), "invalid-cursor");
    EXPECT_EQ(host_.call_as("auditor", "GET", "/v1/placements/1/changes?" + cursor).problem(),
              "invalid-cursor");
}

TEST_F(Channel, TagsAPlacementWithAllThatIsShownOfIt) {
    const auto get = [&](const std::string& etag) {
        return host_.call("GET", "/v1/placements/1", {},
                          {{"Authorization", host_.bearer("operator")}, {"If-None-Match", etag}});
    };
    const auto before = get("").header("ETag");
    EXPECT_EQ(get(before).status, 304);
    const auto set = put_playlist(1, {item(11, "2020-01-01T00:00:00Z", "2098-01-01T00:00:00Z")});
    ASSERT_EQ(set.status, 200) << set.body;
    const auto after = get(before);
    EXPECT_EQ(after.status, 200) << "an old playlist was shown as the present one";
    EXPECT_EQ(after.body, set.body);
    EXPECT_EQ(after.header("ETag"), set.header("ETag"));
    EXPECT_EQ(get(set.header("ETag")).status, 304);
}

TEST_F(Channel, KeepsNamesApartThatDifferInARareCharacter) {
    const auto named = [](const char* name) {
        return campaign(name, "2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z");
    };
    EXPECT_EQ(post("/v1/campaigns", named("𠮷节")).status, 201);
    EXPECT_EQ(post("/v1/campaigns", named("𡈽节")).status, 201);
    EXPECT_EQ(post("/v1/placements", placement(1, "𠮷屏")).status, 201);
    EXPECT_EQ(post("/v1/placements", placement(1, "𡈽屏")).status, 201);
}

TEST_F(Channel, LeadsToTheCountyOnceTheCampaignIsOver) {
    post("/v1/campaigns", campaign("去年", "2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z"));
    const auto over = post("/v1/placements", placement(2, "展台")).json();
    put_playlist(2, {item(12, "2020-01-01T00:00:00Z", "2098-01-01T00:00:00Z")});
    const auto answer = host_.call("GET", "/s/" + std::string{over.at("token").as_string()});
    EXPECT_EQ(answer.header("Location").substr(0, 18), "/?county=530822&a=");
}

TEST_F(Channel, AnswersAForgedTokenWithNotFound) {
    for (std::size_t at = 0; at < token_.size(); ++at) {
        auto forged = token_;
        forged[at] = forged[at] == 'A' ? 'B' : 'A';
        const auto answer = host_.call("GET", "/s/" + forged);
        EXPECT_EQ(answer.status, 404) << at;
        EXPECT_EQ(answer.problem(), "scan-token-unknown");
    }
}

TEST_F(Channel, RegistersThingsOnce) {
    const auto again =
        post("/v1/campaigns", campaign("山海情深号", "2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z"));
    EXPECT_EQ(again.status, 200) << again.body;
    EXPECT_EQ(again.json().at("campaign_id").as_int64(), 1);
    EXPECT_EQ(post("/v1/campaigns", campaign("山海情深号", "2020-01-01T00:00:00Z", "2098-01-01T00:00:00Z"))
                  .problem(),
              "campaign-exists");
    EXPECT_EQ(post("/v1/placements", placement(1, "2号线 1屏")).status, 200);
    auto other = placement(1, "2号线 1屏");
    other["channel"] = "PACKAGE";
    EXPECT_EQ(post("/v1/placements", other).problem(), "placement-exists");
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM placement"), 1);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM outbox"), 1);
}

TEST_F(Channel, PublishesAPlacementWithItsCampaign) {
    host_.transact([](database::Session& session) {
        auto rows = session.query("SELECT frame FROM outbox");
        ASSERT_TRUE(rows.next());
        event::v1::Frame frame;
        ASSERT_TRUE(frame.ParseFromString(rows.text(0)));
        event::v1::PlacementRegistered fact;
        ASSERT_TRUE(fact.ParseFromString(frame.events(0).payload()));
        EXPECT_EQ(fact.placement_id(), 1U);
        EXPECT_EQ(fact.channel(), "METRO_QR");
        EXPECT_EQ(fact.campaign(), "山海情深号");
        EXPECT_EQ(fact.district_code(), "310112");
        EXPECT_LT(fact.valid_from_us(), fact.valid_to_us());
    });
}

TEST_F(Channel, NamesWhatIsWrong) {
    auto unknown_district = campaign("新", "2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z");
    unknown_district["district_code"] = "310999";
    EXPECT_EQ(post("/v1/campaigns", unknown_district).pointer(), "/district_code");
    EXPECT_EQ(post("/v1/campaigns", campaign("新", "2020-01-01T00:00:00Z", "2020-01-01T00:00:00Z")).pointer(),
              "/to");
    EXPECT_EQ(post("/v1/placements", placement(99, "x")).pointer(), "/campaign_id");
    auto bad_channel = placement(1, "x");
    bad_channel["channel"] = "TELEVISION";
    EXPECT_EQ(post("/v1/placements", bad_channel).pointer(), "/channel");
    const auto unknown_product = put_playlist(1, {item(11, "2020-01-01T00:00:00Z", "2098-01-01T00:00:00Z"),
                                                  item(99, "2020-01-01T00:00:00Z", "2098-01-01T00:00:00Z")});
    EXPECT_EQ(unknown_product.status, 422);
    EXPECT_EQ(unknown_product.pointer(), "/items/1/product_id");
    EXPECT_EQ(put_playlist(1, {item(11, "2020-01-02T00:00:00Z", "2020-01-01T00:00:00Z")}).pointer(),
              "/items/0/to");
    EXPECT_EQ(put_playlist(99, {}).problem(), "placement-unknown");
}

TEST_F(Channel, LetsOnlyTheOperatorWrite) {
    const auto body = json::serialize(placement(1, "x"));
    EXPECT_EQ(host_.call("POST", "/v1/placements", body).status, 401);
    EXPECT_EQ(host_.call_as("merchant", "POST", "/v1/placements", body).status, 403);
    EXPECT_EQ(host_.call_as("auditor", "PUT", "/v1/placements/1/playlist", R"({"items":[]})").status, 403);
    EXPECT_EQ(host_.call("GET", "/v1/placements/1/scans").status, 401);
}

TEST_F(Channel, DrawsACodeThatIsCachedByItsTag) {
    for (const std::string kind : {"svg", "png"}) {
        const auto target = "/v1/placements/1/code." + kind + "?size=300";
        EXPECT_EQ(host_.call("GET", target).status, 401) << "a screen's token is for the staff";
        const auto staff = host_.bearer("operator");
        const auto get = [&](const std::string& picture, const std::string& etag = "") {
            return host_.call("GET", picture, {}, {{"If-None-Match", etag}, {"Authorization", staff}});
        };
        const auto code = get(target);
        EXPECT_EQ(code.status, 200);
        EXPECT_EQ(code.content_type, kind == "svg" ? "image/svg+xml" : "image/png");
        EXPECT_EQ(code.header("Cache-Control"), "private, max-age=86400");
        EXPECT_EQ(get(target, code.header("ETag")).status, 304);
        const auto larger = "/v1/placements/1/code." + kind + "?size=500";
        EXPECT_EQ(get(larger, code.header("ETag")).status, 200);
        EXPECT_EQ(get("/v1/placements/1/code." + kind + "?size=99").status, 422);
        EXPECT_EQ(get("/v1/placements/1/code." + kind + "?size=x").status, 422);
        EXPECT_EQ(get("/v1/placements/2/code." + kind).status, 404);
    }
}

TEST_F(Channel, DrawsACodeThatAPhoneReads) {
    if (std::system("command -v zbarimg >/dev/null 2>&1") != 0) GTEST_SKIP() << "zbar-tools is not installed";
    const support::PrivateFolder folder;
    for (const int size : {100, 256, 1024}) {
        const auto file = folder.path() / ("code" + std::to_string(size) + ".png");
        std::ofstream{file, std::ios::binary}
            << host_.call_as("operator", "GET", "/v1/placements/1/code.png?size=" + std::to_string(size))
                   .body;
        const auto command = "zbarimg --quiet --raw " + file.string() + " 2>/dev/null";
        std::FILE* reader = ::popen(command.c_str(), "r");
        ASSERT_NE(reader, nullptr);
        std::array<char, 256> line{};
        EXPECT_NE(std::fgets(line.data(), line.size(), reader), nullptr) << size;
        ::pclose(reader);
        EXPECT_EQ(std::string{line.data()}, "https://shop.example/s/" + token_ + "\n") << size;
    }
}

}  // namespace
}  // namespace shanhai::channel
