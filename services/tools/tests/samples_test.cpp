#include "tools/samples.hpp"

#include "tools/api.hpp"
#include "tools/sample_orders.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <unistd.h>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

namespace shanhai::tools {
namespace {

Date day(std::string_view text) { return *parse_date(text); }

/// A folder with one CSV file in it.
class Folder {
public:
    explicit Folder(const std::string& csv)
        : path_{std::filesystem::temp_directory_path() / ("samples-" + std::to_string(::getpid()))} {
        std::filesystem::create_directories(path_);
        std::ofstream{path_ / "rows.csv"} << csv;
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::vector<CsvRow> rows() const { return Samples{path_}.csv("rows.csv"); }
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

TEST(Samples, ReadsQuotedFieldsAndKnowsTheirLines) {
    const Folder folder{"name,note,count\n面,\"a, \"\"b\"\"\",3\r\n\n笋,,4\n"};
    const auto rows = folder.rows();
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].at("note"), "a, \"b\"");
    EXPECT_EQ(rows[0].integer("count"), 3);
    EXPECT_EQ(rows[1].where, "rows.csv line 4");
    EXPECT_EQ(rows[1].at("note"), "");
}

TEST(Samples, NameTheRowAtFault) {
    const Folder folder{"name,count\n面,many\n"};
    const auto rows = folder.rows();
    EXPECT_THROW(rows[0].at("price"), ToolError);
    try {
        rows[0].integer("count");
        FAIL();
    } catch (const ToolError& error) {
        EXPECT_STREQ(error.what(), "rows.csv line 2, count: \"many\" is no whole number");
    }
    EXPECT_THROW(Folder{"a,b\n1\n"}.rows(), ToolError);
    EXPECT_THROW(Samples{folder.path()}.csv("none.csv"), ToolError);
}

TEST(LotDays, CountBackFromTheDayOfSeeding) {
    const auto today = day("2026-03-10");
    EXPECT_EQ(lot_days(today, "10", "").production, day("2026-02-28"));
    EXPECT_FALSE(lot_days(today, "10", "").harvest);
    EXPECT_EQ(lot_days(today, "10", "2").harvest, day("2026-02-26"));
    EXPECT_EQ(lot_days(today, "10", "02-28").harvest, day("2026-02-28"));
    EXPECT_EQ(lot_days(today, "10", "03-01").harvest, day("2025-03-01"));
    EXPECT_THROW(lot_days(today, "10", "13-45"), ToolError);
}

TEST(LotDays, FollowTheHarvestOfWhatIsMadeAtOnce) {
    const auto today = day("2026-11-26");
    EXPECT_EQ(lot_days(today, "+3", "04-12").harvest, day("2026-04-12"));
    EXPECT_EQ(lot_days(today, "+3", "04-12").production, day("2026-04-15"));
    EXPECT_EQ(lot_days(today, "+3/1", "04-12").production, day("2025-04-15"));
    EXPECT_EQ(lot_days(today, "+3", "11-24").production, day("2025-11-27")) << "not made yet this year";
    EXPECT_THROW(lot_days(today, "+x", "04-12"), ToolError);
}

TEST(LotDays, OfEverySampleLotAreInOrderOnAnyDay) {
    const auto rows = Samples{SHANHAI_SAMPLES}.csv("lots.csv");
    ASSERT_GT(rows.size(), 100U);
    for (auto today = day("2026-01-01"); today < day("2028-01-01"); today += std::chrono::days{7}) {
        for (const auto& row : rows) {
            const auto days = lot_days(today, row.at("produced"), row.at("harvest"));
            EXPECT_LE(days.production, today) << row.where;
            if (!days.harvest) continue;
            EXPECT_LE(*days.harvest, days.production) << row.where;
            EXPECT_LE(days.production - *days.harvest, std::chrono::days{366}) << row.where;
        }
    }
}

std::vector<SampleGoods> goods() {
    return {{1, 10, 1980, 50, 4, {{day("2025-01-01"), day("2027-01-01")}}},
            {2, 20, 9800, 5, 1, {{day("2026-01-01"), day("2027-01-01")}}},
            {3, 30, 9800, 5, 9, {}}};
}
std::vector<SamplePlacement> placements() {
    return {{7, "METRO_QR", start_of(day("2026-02-01")), start_of(day("2026-04-01")), {10}},
            {8, "INST_GOV", start_of(day("2025-01-01")), start_of(day("2027-01-01")), {20}}};
}
std::vector<SampleOrderPlan> plans(std::uint64_t count, std::uint64_t seed) {
    return OrderMaker{goods(), placements(), day("2026-06-01"), seed}.make(count);
}

TEST(OrderMaker, MakesTheSameOrdersOfTheSameNumber) {
    const auto first = plans(50, 1);
    const auto again = plans(50, 1);
    const auto other = plans(50, 2);
    ASSERT_EQ(first.size(), 50U);
    for (std::size_t i = 0; i < first.size(); ++i) {
        EXPECT_EQ(first[i].key, again[i].key);
        EXPECT_EQ(first[i].at, again[i].at);
        EXPECT_EQ(first[i].lines.front().sku, again[i].lines.front().sku);
    }
    EXPECT_NE(first.front().at, other.front().at);
}

TEST(OrderMaker, SellsOnTrainsWhileTheyRun) {
    int on_trains = 0;
    for (const auto& plan : plans(2000, 3)) {
        if (plan.placement != 7) continue;
        ++on_trains;
        const auto since_midnight = plan.at - start_of(shanghai_date(plan.at));
        EXPECT_GE(since_midnight, std::chrono::minutes{5 * 60 + 30});
        EXPECT_LT(since_midnight, std::chrono::minutes{23 * 60 + 30});
    }
    EXPECT_GT(on_trains, 10);
}

TEST(OrderMaker, PaysAFewOrdersJustAfterTheirCertificationLapsed) {
    const std::vector<SampleGoods> lapsed{{1, 10, 1980, 50, 4, {{day("2025-01-01"), day("2026-01-01")}}}};
    const auto made = OrderMaker{lapsed, {}, day("2026-06-01"), 1}.make(5);
    const auto late = std::ranges::count_if(made, [](const SampleOrderPlan& plan) {
        const auto midnight = start_of(day("2026-01-01"));
        return plan.at < midnight && plan.at + std::chrono::seconds{plan.paid_after_seconds} >= midnight;
    });
    EXPECT_GE(late, 1);
}

TEST(OrderMaker, KeepsToWhatWasOnSaleAndOnShow) {
    EXPECT_TRUE(rc::check([] {
        const auto made = plans(100, *rc::gen::arbitrary<std::uint64_t>());
        std::set<std::string> keys;
        Instant before{};
        for (const auto& plan : made) {
            RC_ASSERT(keys.insert(plan.key).second);
            RC_ASSERT(plan.at >= before);
            before = plan.at;
            const auto on = shanghai_date(plan.at);
            RC_ASSERT(on >= day("2025-06-01") && on < day("2026-06-01"));
            if (plan.placement == 7) RC_ASSERT(on >= day("2026-02-01") && on < day("2026-04-01"));
            for (const auto& line : plan.lines) {
                RC_ASSERT(line.sku != 3);
                RC_ASSERT(line.sku != 2 || on >= day("2026-01-01"));
                RC_ASSERT(line.quantity >= 1 && line.quantity <= (line.sku == 1 ? 50 : 5));
            }
        }
    }));
}

}  // namespace
}  // namespace shanhai::tools
