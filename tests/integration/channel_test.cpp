#include "channel/service.hpp"

#include "channel/events/catalog_facts.hpp"
#include "channel/store/scan_flush.hpp"
#include "shanhai/event/v1/catalog.pb.h"
#include "shanhai/event/v1/channel.pb.h"
#include "shanhai/event/v1/frame.pb.h"
#include "support/async.hpp"
#include "support/database.hpp"
#include "support/proxy.hpp"
#include "support/service_host.hpp"

#include <gtest/gtest.h>
#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

namespace shanhai::channel {
namespace {

namespace json = boost::json;
using events::Event;

Event county(const char* code, const char* name) {
    event::v1::CountyRegistered fact;
    fact.set_county_code(code);
    fact.set_name(name);
    return Event::of(fact);
}

Event offer(std::uint64_t sku, std::uint64_t product, const char* origin) {
    event::v1::OfferPublished fact;
    fact.set_sku_id(sku);
    fact.set_product_id(product);
    fact.set_product_name("箬竹面");
    fact.set_county_code(origin);
    return Event::of(fact);
}

/// The service as it is wired, with a district, two products, a campaign that runs and one placement.
class Channel : public ::testing::Test {
protected:
    Channel() {
        host_.settings().public_url = "https://shop.example";
        host_.run(make_service);
        host_.transact([](database::Session& session) {
            for (const auto& fact : {county("310112", "闵行区"), county("530624", "大关县"),
                                     offer(1, 11, "530624"), offer(2, 12, "530822")}) {
                apply_catalog_fact(session, fact);
            }
        });
        post("/v1/campaigns", campaign("山海情深号", "2020-01-01T00:00:00Z", "2099-01-01T00:00:00Z"));
        token_ = post("/v1/placements", placement(1, "2号线 1屏")).json().at("token").as_string().c_str();
    }

    static json::object campaign(const char* name, const char* from, const char* to) {
        return {{"name", name},
                {"organiser", "合作交流办"},
                {"district_code", "310112"},
                {"from", from},
                {"to", to}};
    }
    static json::object placement(int campaign_id, const char* name) {
        return {{"campaign_id", campaign_id}, {"name", name}, {"channel", "METRO_QR"}};
    }
    static json::object item(int product, const char* from, const char* to) {
        return {{"product_id", product}, {"from", from}, {"to", to}};
    }
    support::Answer post(const std::string& target, const json::object& body) {
        return host_.call_as("operator", "POST", target, json::serialize(body));
    }
    support::Answer put_playlist(int placement_id, json::array items) {
        const json::object body{{"items", std::move(items)}};
        return host_.call_as("operator", "PUT",
                             "/v1/placements/" + std::to_string(placement_id) + "/playlist",
                             json::serialize(body));
    }
    support::Answer scan() { return host_.call("GET", "/s/" + token_); }
    std::int64_t stored_scans() {
        return host_.number("SELECT CAST(COALESCE(SUM(scans), 0) AS SIGNED) FROM scan_count");
    }

    support::ServiceHost host_{"channel"};
    std::string token_;
};

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

TEST_F(Channel, KeepsEveryCountThroughACleanStop) {
    for (int i = 0; i < 25; ++i) scan();
    host_.stop();
    EXPECT_EQ(stored_scans(), 25);
    host_.run(make_service);
    for (int i = 0; i < 5; ++i) scan();
    host_.stop();
    EXPECT_EQ(stored_scans(), 30);
    EXPECT_LE(host_.number("SELECT COUNT(*) FROM scan_count"), 2) << "one row an hour";
    host_.run(make_service);
    const auto scans = host_.call_as("auditor", "GET", "/v1/placements/1/scans");
    ASSERT_EQ(scans.status, 200) << scans.body;
    const auto body = scans.json();
    std::int64_t total = 0;
    for (const auto& hourly : body.at("items").as_array()) total += hourly.at("scans").as_int64();
    EXPECT_EQ(total, 30);
}

TEST_F(Channel, WritesCountsWhileItRuns) {
    for (int i = 0; i < 7; ++i) scan();
    EXPECT_TRUE(support::eventually([this] { return stored_scans() == 7; }));
}

TEST_F(Channel, CountsEveryScanOfManyThreads) {
    constexpr int threads_count = 4;
    constexpr int each = 500;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < threads_count; ++thread) {
        threads.emplace_back([this] {
            for (int i = 0; i < each; ++i) EXPECT_EQ(scan().status, 302);
        });
    }
    for (auto& thread : threads) thread.join();
    host_.stop();
    EXPECT_EQ(stored_scans(), threads_count * each);
}

TEST_F(Channel, LosesNoCountWhileItsConnectionsBreak) {
    for (int round = 0; round < 4; ++round) {
        for (int i = 0; i < 10; ++i) scan();
        host_.transact([](database::Session& session) {
            auto rows = session.query(
                "SELECT id FROM information_schema.processlist WHERE user = SUBSTRING_INDEX(USER(), '@', 1) "
                "AND id <> CONNECTION_ID()");
            std::vector<std::uint64_t> ids;
            while (rows.next()) ids.push_back(rows.natural(0));
            for (const auto id : ids) {
                try {
                    session.execute("KILL CONNECTION ?", id);
                } catch (const database::SqlError&) {
                    // It ended by itself meanwhile.
                }
            }
        });
    }
    host_.stop();
    EXPECT_EQ(stored_scans(), 40);
}

TEST(ScanFlush, AddsABatchOnceWhoseCommitGotLost) {
    support::Database database{schema()};
    support::Proxy proxy{database.options().socket};
    auto options = database.options();
    options.socket.clear();
    options.port = proxy.port();
    database::Pool pool{options};
    ScanCounts counts;
    ScanFlush flush{pool, counts};
    auto& counter = counts.counter_of(PlacementId{1});
    const auto stored = [&] {
        return database.number("SELECT CAST(COALESCE(SUM(scans), 0) AS SIGNED) FROM scan_count");
    };

    counter.count(now());
    proxy.cut_after(support::Proxy::commit);
    EXPECT_TRUE(flush.flush()) << "it asks what became of it";
    EXPECT_EQ(stored(), 1);

    counter.count(now());
    proxy.cut_before(support::Proxy::commit);
    EXPECT_TRUE(flush.flush());
    EXPECT_EQ(stored(), 2);

    counter.count(now());
    proxy.refuse(true);
    proxy.cut_all();
    EXPECT_FALSE(flush.flush());
    counter.count(now());
    proxy.refuse(false);
    EXPECT_TRUE(flush.flush()) << "what waited goes with what came since";
    EXPECT_EQ(stored(), 4);
    EXPECT_TRUE(flush.flush());
    EXPECT_EQ(stored(), 4);
}

TEST(ScanFlush, ForgetsEndedProcessesByAnIndexAndAFewAtOnce) {
    support::Database database{schema()};
    database::Pool pool{database.options()};
    database.run(
        "INSERT INTO scan_flush (writer, number, flushed_at) SELECT MD5(seq), 1, "
        "UTC_TIMESTAMP(6) - INTERVAL seq HOUR FROM seq_1_to_300");
    ScanCounts counts;
    ScanFlush flush{pool, counts};
    counts.counter_of(PlacementId{1}).count(now());
    ASSERT_TRUE(flush.flush());
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM scan_flush"), 201)
        << "a hundred of the oldest, and ourselves";
    EXPECT_EQ(database.number(
                  "SELECT COUNT(*) FROM scan_flush WHERE flushed_at > UTC_TIMESTAMP(6) - INTERVAL 1 DAY"),
              24);
    // Another process that adds its counts holds its own row; nobody who forgets old ones waits for it.
    database::Pool other{database.options()};
    const auto held = other.transact_blocking([&](database::Session& session) -> Result<Done> {
        session.run("UPDATE scan_flush SET flushed_at = UTC_TIMESTAMP(6), number = 2 WHERE writer = MD5(1)");
        ScanFlush second{pool, counts};
        counts.counter_of(PlacementId{1}).count(now());
        return second.flush();
    });
    EXPECT_TRUE(held) << "it waited for a row that it does not want";
    EXPECT_EQ(database.number("SELECT COUNT(*) FROM scan_flush"), 102);
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
