#include "channel/http/scan_routes.hpp"

#include "channel/http/tokens.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>
#include <string>

namespace shanhai::channel {
namespace {

constexpr auto key = "0123456789abcdef0123456789abcdef";

Instant moment(const char* text) { return *parse_rfc3339(text); }

/// Screen 7 shows product 11 in May and 12 in June; its campaign ends with August.
Screen screen() {
    CampaignDetails campaign{
        "山海情深号", "合作交流办", {}, moment("2026-05-01T00:00:00Z"), moment("2026-09-01T00:00:00Z"), {}};
    auto playlist = *Playlist::draft(
        {{ProductId{11}, moment("2026-05-01T00:00:00Z"), moment("2026-06-01T00:00:00Z"), 15},
         {ProductId{12}, moment("2026-06-01T00:00:00Z"), moment("2026-12-01T00:00:00Z"), 15}});
    return {{PlacementId{7}, {CampaignId{1}, "2号线 1屏", ChannelKind::metro_qr}},
            std::move(campaign),
            std::move(playlist),
            {{ProductId{11}, *CountyCode::parse("530624")}, {ProductId{12}, *CountyCode::parse("530822")}}};
}

class Scan : public ::testing::Test {
protected:
    Scan() { routes_.show(1, {screen()}); }

    http::Response scan(const std::string& token, const char* at, std::string_view accept = "*/*") {
        http::Request request;
        request.parameters = {{"token", token}};
        request.headers = {{"Accept", accept}};
        return routes_.scan_at(request, moment(at));
    }
    static std::string header(const http::Response& response, std::string_view name) {
        for (const auto& [key_, value] : response.headers) {
            if (key_ == name) return value;
        }
        return {};
    }

    ScanTokens tokens_{key};
    Attributions attributions_{key};
    ScanCounts counts_;
    int missed_ = 0;
    ScanRoutes routes_{tokens_, attributions_, counts_, machine_clock(), [this] { ++missed_; }};
    std::string token_ = tokens_.of(PlacementId{7});
};

TEST_F(Scan, LeadsToTheProductOnScreenWithAnAttribution) {
    const auto answer = scan(token_, "2026-05-10T08:00:00Z");
    EXPECT_EQ(answer.status, 302);
    EXPECT_EQ(header(answer, "Cache-Control"), "no-store");
    const auto location = header(answer, "Location");
    EXPECT_EQ(location.substr(0, 8), "/p/11?a=");
    const security::SignedTokens reader{key, "attribution", 10};
    const auto payload = reader.read(location.substr(8));
    ASSERT_TRUE(payload);
    const std::string expected{"\0\0\0\0\0\0\0\7\x6A\0\x3B\0", 12};  // 2026-05-10T08:00:00Z is 0x6A003B00.
    EXPECT_EQ(*payload, expected);
    EXPECT_EQ(header(scan(token_, "2026-06-10T08:00:00Z"), "Location").substr(0, 8), "/p/12?a=");
}

TEST_F(Scan, LeadsToTheCountyOnceTheCampaignIsOver) {
    const auto location = header(scan(token_, "2026-09-01T00:00:00Z"), "Location");
    EXPECT_EQ(location.substr(0, 19), "/?county=530822&a=A") << location;
    EXPECT_EQ(header(scan(token_, "2026-04-01T00:00:00Z"), "Location").substr(0, 16), "/?county=530624&");
}

TEST_F(Scan, NamesTheDistrictWhoseScreenItIs) {
    const auto at = "2026-05-10T08:00:00Z";
    const auto of_the_city = header(scan(token_, at), "Location");
    EXPECT_EQ(of_the_city.find("district"), std::string::npos) << of_the_city;
    const auto json = [&] {
        return boost::json::parse(scan(token_, at, "application/json").body).at("district_code");
    };
    EXPECT_TRUE(json().is_null());
    auto of_minhang = screen();
    of_minhang.campaign.district = *CountyCode::parse("310112");
    routes_.show(2, {std::move(of_minhang)});
    EXPECT_TRUE(header(scan(token_, at), "Location").ends_with("&district=310112"));
    EXPECT_TRUE(header(scan(token_, "2026-09-01T00:00:00Z"), "Location").ends_with("&district=310112"));
    EXPECT_EQ(json().as_string(), "310112");
}

TEST_F(Scan, LeadsToAllGoodsWhereNothingEverPlayed) {
    auto empty = screen();
    empty.playlist = Playlist{};
    routes_.show(2, {std::move(empty)});
    EXPECT_EQ(header(scan(token_, "2026-05-10T08:00:00Z"), "Location").substr(0, 4), "/?a=");
}

TEST_F(Scan, AnswersWithDataToThoseWhoAskForIt) {
    const auto answer = scan(token_, "2026-05-10T08:00:00Z", "application/json");
    EXPECT_EQ(answer.status, 200);
    const auto body = boost::json::parse(answer.body);
    EXPECT_EQ(body.at("placement").at("placement_id").as_int64(), 7);
    EXPECT_EQ(body.at("placement").at("channel").as_string(), "METRO_QR");
    EXPECT_EQ(body.at("product_id").as_int64(), 11);
    EXPECT_EQ(body.at("playing").as_array().size(), 1U);
    EXPECT_FALSE(body.at("attribution").as_string().empty());
    const auto over = boost::json::parse(scan(token_, "2026-10-01T00:00:00Z", "application/json").body);
    EXPECT_TRUE(over.at("product_id").is_null());
    EXPECT_EQ(over.at("county_code").as_string(), "530822");
    EXPECT_TRUE(over.at("playing").as_array().empty());
}

TEST_F(Scan, RefusesATokenWithAnyCharacterChanged) {
    const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    ASSERT_EQ(token_.size(), 22U);
    for (std::size_t at = 0; at < token_.size(); ++at) {
        for (const char other : alphabet) {
            if (other == token_[at]) continue;
            auto forged = token_;
            forged[at] = other;
            ASSERT_EQ(scan(forged, "2026-05-10T08:00:00Z").status, 404) << forged;
        }
    }
    for (const auto* text : {"", "A", "竹", "AAAAAAAAAAAAAAAAAAAAAA"}) {
        EXPECT_EQ(scan(text, "2026-05-10T08:00:00Z").status, 404) << text;
    }
    EXPECT_TRUE(counts_.collect().empty());
}

TEST_F(Scan, LooksAgainWhenACodeIsOursButNotOnTheBoardYet) {
    EXPECT_EQ(scan(tokens_.of(PlacementId{8}), "2026-05-10T08:00:00Z").status, 404);
    EXPECT_EQ(missed_, 1);
    EXPECT_EQ(scan(ScanTokens{"another key"}.of(PlacementId{8}), "2026-05-10T08:00:00Z").status, 404);
    EXPECT_EQ(missed_, 1);
}

TEST_F(Scan, CountsEveryScanAlsoAcrossANewBoard) {
    scan(token_, "2026-05-10T08:10:00Z");
    scan(token_, "2026-05-10T08:20:00Z", "application/json");
    routes_.show(2, {screen()});
    scan(token_, "2026-05-10T08:59:59Z");
    const auto collected = counts_.collect();
    ASSERT_EQ(collected.size(), 1U);
    EXPECT_EQ(collected[0].placement, PlacementId{7});
    EXPECT_EQ(Instant{collected[0].hour}, moment("2026-05-10T08:00:00Z"));
    EXPECT_EQ(collected[0].scans, 3U);
}

TEST_F(Scan, LeadsOnWhateverScannersTakeForAPartOfTheToken) {
    for (const auto* after : {".", "/", ",", ")", "。", "”", "…?"}) {
        const auto answer = scan(token_ + after, "2026-05-10T08:00:00Z");
        EXPECT_EQ(header(answer, "Location").substr(0, 8), "/p/11?a=") << after;
    }
    EXPECT_EQ(counts_.collect().at(0).scans, 7U);
    for (const auto* after : {"A", ".A", "-", "............"}) {
        EXPECT_EQ(scan(token_ + after, "2026-05-10T08:00:00Z").status, 404) << after;
    }
    EXPECT_TRUE(counts_.collect().empty());
}

TEST_F(Scan, IsTheSameUnderOtherSpellingsOfItsPath) {
    http::Router router;
    routes_.mount(router);
    for (const auto& path : {"/s/" + token_, "/s/" + token_ + "/", "/S/" + token_, "/S/" + token_ + "./"}) {
        http::Request request;
        request.path = path;
        const auto match = router.match(request);
        ASSERT_NE(match.quick, nullptr) << path;
        EXPECT_EQ(router.answer_now(match, request).status, 302) << path;
    }
    for (const auto& path : {std::string{"/s/"}, "/s/" + token_ + "/more", std::string{"/s/a/b"}}) {
        http::Request request;
        request.path = path;
        EXPECT_EQ(router.answer_now(router.match(request), request).status, 404) << path;
    }
}

TEST_F(Scan, ShowsPeopleAPageWithAWayOnWhenTheirCodeIsUnknown) {
    const auto page = scan("BAD", "2026-05-10T08:00:00Z", "text/html,application/xhtml+xml,*/*;q=0.8");
    EXPECT_EQ(page.status, 404);
    EXPECT_EQ(page.content_type, "text/html; charset=utf-8");
    EXPECT_NE(page.body.find("href=\"/\""), std::string::npos);
    EXPECT_EQ(page.body.find("BAD"), std::string::npos);
    EXPECT_EQ(scan("BAD", "2026-05-10T08:00:00Z").content_type, "application/problem+json");
}

TEST_F(Scan, CountsPeopleOnly) {
    const auto counted = [this](std::string_view name, std::string_view value) {
        http::Request request;
        request.parameters = {{"token", token_}};
        request.headers = {{name, value}};
        EXPECT_EQ(routes_.scan_at(request, moment("2026-05-10T08:00:00Z")).status, 302) << value;
        return !counts_.collect().empty();
    };
    EXPECT_TRUE(counted("User-Agent",
                        "Mozilla/5.0 (Linux; Android 13; CUBOT X18) AppleWebKit/537.36 MicroMessenger/8.0"));
    EXPECT_TRUE(counted("Purpose", "shopping"));
    EXPECT_TRUE(counted("User-Agent", "curl/7.88.1"));
    for (const auto* agent :
         {"Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
          "facebookexternalhit/1.1", "WhatsApp/2.23",
          "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
          "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
          "SkypeUriPreview Preview/0.5"}) {
        EXPECT_FALSE(counted("User-Agent", agent)) << agent;
    }
    for (const auto& [name, value] :
         {std::pair{"Sec-Purpose", "prefetch;prerender"}, std::pair{"Purpose", "prefetch"},
          std::pair{"X-Purpose", "preview"}, std::pair{"X-Moz", "prefetch"}}) {
        EXPECT_FALSE(counted(name, value)) << name;
    }
}

TEST_F(Scan, CountsOnlyPagesThatABrowserOpens) {
    using Headers = decltype(http::Request::headers);
    const auto counted = [this](Headers headers) {
        http::Request request;
        request.parameters = {{"token", token_}};
        request.headers = std::move(headers);
        EXPECT_EQ(routes_.scan_at(request, moment("2026-05-10T08:00:00Z")).status, 302);
        return !counts_.collect().empty();
    };
    EXPECT_TRUE(counted({})) << "apps that scan say nothing";
    EXPECT_TRUE(counted({{"Sec-Fetch-Mode", "navigate"}, {"Sec-Fetch-Dest", "document"}}));
    EXPECT_TRUE(counted({{"sec-fetch-mode", "navigate"}, {"sec-fetch-site", "cross-site"}}));
    EXPECT_FALSE(counted({{"Sec-Fetch-Mode", "no-cors"}, {"Sec-Fetch-Dest", "image"}}));
    EXPECT_FALSE(counted({{"Sec-Fetch-Mode", "cors"}, {"Sec-Fetch-Dest", "empty"}}));
    EXPECT_FALSE(counted({{"Sec-Fetch-Mode", "navigate"}, {"Sec-Fetch-Dest", "iframe"}}));
    EXPECT_FALSE(counted({{"sec-fetch-dest", "script"}}));
}

TEST_F(Scan, CountsNoMoreOfOneNetworkThanACrowdWouldBe) {
    const auto scans_from = [this](std::uint64_t network) {
        for (int i = 0; i < 20'001; ++i) {
            http::Request request;
            request.parameters = {{"token", token_}};
            request.remote_network = network;
            routes_.scan_at(request, moment("2026-05-10T08:00:00Z"));
        }
        std::uint64_t all = 0;
        for (const auto& hour : counts_.collect()) all += hour.scans;
        return all;
    };
    const auto counted = scans_from(1);
    EXPECT_GE(counted, 60U);
    EXPECT_LT(counted, 120U) << "60, and one for each second that this took";
    EXPECT_GE(scans_from(2), 60U) << "others have their own";
}

TEST_F(Scan, NeverPutsAnOlderBoardInPlaceOfANewerOne) {
    routes_.show(5, {screen()});
    routes_.show(4, {});
    EXPECT_EQ(routes_.shown_revision(), 5U);
    EXPECT_EQ(scan(token_, "2026-05-10T08:00:00Z").status, 302);
}

TEST(ScanTokens, AreReadBackAndTellPlacementsApart) {
    const ScanTokens tokens{key};
    for (const std::uint64_t id :
         {std::uint64_t{1}, std::uint64_t{255}, std::uint64_t{256}, ~std::uint64_t{0}}) {
        EXPECT_EQ(tokens.of(PlacementId{id}).size(), 22U);
        EXPECT_EQ(tokens.read(tokens.of(PlacementId{id})), PlacementId{id});
    }
}

TEST(Attributions, AreMadeOnceASecondForEachPlacement) {
    const Attributions first{key};
    const Attributions other{"another key"};
    const auto at = moment("2026-05-10T08:00:00.25Z");
    const auto token = first.at(PlacementId{7}, at);
    EXPECT_EQ(first.at(PlacementId{7}, at + std::chrono::milliseconds{700}), token);
    EXPECT_NE(first.at(PlacementId{7}, at + std::chrono::seconds{1}), token);
    EXPECT_NE(first.at(PlacementId{8}, at), token);
    EXPECT_NE(other.at(PlacementId{7}, at), token) << "the cache knows whose tokens it holds";
    EXPECT_EQ(first.at(PlacementId{7}, at), token);
}

}  // namespace
}  // namespace shanhai::channel
