#include "integration/trace/fixture.hpp"

#include <chrono>
#include <thread>

// Tables of lots, as they come from spreadsheets.

namespace shanhai::trace {
namespace {

constexpr std::string_view headings = "基地编号,规格编号,批次号,采收日期,生产日期,到期日期,件数\r\n";

std::string line_of(const std::string& code, const std::string& quantity = "1",
                    const std::string& sku = "11") {
    return "1," + sku + "," + code + ",2026/4/2,2026-04-03,2027年4月3日," + quantity + "\r\n";
}

class LotImports : public Trace {
protected:
    LotImports() { add_base(); }

    support::Answer hand_in(const std::string& table, const std::string& query = {},
                            const std::string& role = "operator", std::uint64_t organisation = 0) {
        return host_.call(
            "POST", "/v1/lots/imports" + query, table,
            {{"Authorization", host_.bearer(role, organisation)}, {"Content-Type", "text/csv"}});
    }
    std::int64_t lots() { return host_.number("SELECT COUNT(*) FROM lot"); }
};

TEST_F(LotImports, RegisterLotsAsTheSingleOperationDoes) {
    const auto csv = std::string{headings} + line_of("A1", "100") + line_of("A2", "50");
    EXPECT_EQ(hand_in(csv, "?check=true").status, 200);
    EXPECT_EQ(lots(), 0);
    const auto made = hand_in(csv);
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(made.json().at("made").as_int64(), 2);
    const auto told = published();
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[1].lot_code(), "A2");
    EXPECT_EQ(told[1].quantity(), 50);
    EXPECT_EQ(post("/v1/lots", lot_body("A1")).status, 200) << "the single operation finds the same lot";
    const auto again = hand_in(csv);
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.json().at("already_there").as_int64(), 2);
    EXPECT_EQ(published().size(), 2U);
}

TEST_F(LotImports, OfFiveThousandLinesWithOneBadOneRegisterNothing) {
    auto csv = std::string{headings};
    for (int i = 0; i < 5'000; ++i) csv += i == 4'321 ? line_of("B A D") : line_of("L" + std::to_string(i));
    // A yield of 2,000 x 500 g would be passed as well: it is the bad code that is told.
    host_.transact([](database::Session& session) { session.run("UPDATE base SET mu_x100 = 100000"); });
    const auto refused = hand_in(csv);
    EXPECT_EQ(refused.status, 422);
    EXPECT_EQ(refused.json().at("bad_lines").as_int64(), 1) << refused.body;
    EXPECT_EQ(refused.pointer(), "/lines/4323/lot_code");
    EXPECT_EQ(lots(), 0);
    EXPECT_TRUE(published().empty());
}

TEST_F(LotImports, OfFiveThousandLinesAreOneTransaction) {
    host_.transact([](database::Session& session) { session.run("UPDATE base SET mu_x100 = 100000"); });
    auto csv = std::string{headings};
    for (int i = 0; i < 5'000; ++i) csv += line_of("L" + std::to_string(i));
    const auto begun = std::chrono::steady_clock::now();
    const auto made = hand_in(csv);
    const auto taken = std::chrono::steady_clock::now() - begun;
    ASSERT_EQ(made.status, 201) << made.body.substr(0, 500);
    EXPECT_EQ(lots(), 5'000);
    EXPECT_EQ(published().size(), 5'000U);
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(taken).count();
    RecordProperty("milliseconds", std::to_string(milliseconds));
}

TEST_F(LotImports, WeighTheirLinesTogether) {
    // 10 mu of 100 kg, and a tenth: 1,100 kg, which are 2,200 packs.
    const auto refused = hand_in(std::string{headings} + line_of("A1", "1500") + line_of("A2", "701"));
    EXPECT_EQ(refused.pointer(), "/lines/3/quantity") << refused.body;
    EXPECT_EQ(refused.json().at("errors").at(0).at("code").as_string(), "yield-exceeded");
    EXPECT_EQ(lots(), 0);
    EXPECT_EQ(hand_in(std::string{headings} + line_of("A1", "1500") + line_of("A2", "700")).status, 201);
}

TEST_F(LotImports, RefuseEachBadLineForItself) {
    ASSERT_EQ(hand_in(std::string{headings} + line_of("A1")).status, 201);
    const std::tuple<std::string, const char*, const char*> cases[] = {
        {line_of("A1", "2"), "/lines/2", "lot-code-taken"},
        {line_of("A2") + line_of("A2"), "/lines/3/lot_code", "line-repeated"},
        {line_of("A2", "0"), "/lines/2/quantity", "validation-failed"},
        {line_of("A2", "1", "99"), "/lines/2/sku_id", "validation-failed"},
        {"1,11,A2,2026-04-04,2026-04-03,,1\r\n", "/lines/2/harvest_date", "validation-failed"},
    };
    for (const auto& [lines, pointer, code] : cases) {
        const auto refused = hand_in(std::string{headings} + lines);
        EXPECT_EQ(refused.status, 422) << lines;
        EXPECT_EQ(refused.pointer(), pointer) << refused.body;
        EXPECT_EQ(refused.json().at("errors").at(0).at("code").as_string(), code) << refused.body;
    }
    EXPECT_EQ(lots(), 1);
    host_.transact([](database::Session& session) { session.run("UPDATE base SET confirmed_by = NULL"); });
    const auto unconfirmed = hand_in(std::string{headings} + line_of("A9"));
    EXPECT_EQ(unconfirmed.json().at("errors").at(0).at("code").as_string(), "base-unconfirmed");
}

TEST_F(LotImports, AreForOnesOwnMerchantsOnly) {
    const auto csv = std::string{headings} + line_of("A1");
    EXPECT_EQ(hand_in(csv, {}, "certifier").problem(), "role-missing");
    const auto stranger = hand_in(csv, {}, "merchant", 8);
    EXPECT_EQ(stranger.status, 403);
    EXPECT_EQ(stranger.problem(), "not-your-merchant");
    EXPECT_EQ(lots(), 0);
    EXPECT_EQ(hand_in(csv, {}, "merchant", 9).status, 201);
}

TEST_F(LotImports, AtTheSameTimeRegisterEverythingOnce) {
    auto csv = std::string{headings};
    for (int i = 0; i < 300; ++i) csv += line_of("L" + std::to_string(i));
    std::vector<support::Answer> answers(3);
    std::vector<std::thread> threads;
    for (auto& answer : answers) threads.emplace_back([&] { answer = hand_in(csv); });
    for (auto& thread : threads) thread.join();
    std::int64_t made = 0;
    for (const auto& answer : answers) {
        ASSERT_LT(answer.status, 300) << answer.body;
        made += answer.json().at("made").as_int64();
    }
    EXPECT_EQ(made, 300);
    EXPECT_EQ(lots(), 300);
    EXPECT_EQ(published().size(), 300U);
}

TEST_F(LotImports, TakeWhatWasExported) {
    auto first = lot_body("DG-1");
    first["test_report_no"] = "=QC-1";
    ASSERT_EQ(post("/v1/lots", first).status, 201);
    ASSERT_EQ(hand_in(std::string{headings} + line_of("A1")).status, 201);
    ASSERT_EQ(post("/v1/lots/1/block", {{"reason", "召回"}}).status, 200);
    const auto exported = host_.call_as("merchant", "GET", "/v1/lots/export.csv?merchant_id=5", {}, 9);
    ASSERT_EQ(exported.status, 200) << exported.body;
    EXPECT_NE(exported.body.find("\"箬竹面\",\"1\",\"否\""), std::string::npos) << exported.body;
    const auto again = hand_in(exported.body);
    EXPECT_EQ(again.status, 200) << again.body;
    EXPECT_EQ(again.json().at("already_there").as_int64(), 2);
    EXPECT_EQ(host_.call_as("merchant", "GET", "/v1/lots/export.csv", {}, 8).body.find("DG-1"),
              std::string::npos);
    EXPECT_EQ(host_.call_as("merchant", "GET", "/v1/lots/export.csv?merchant_id=5", {}, 8).problem(),
              "not-your-merchant");
}

}  // namespace
}  // namespace shanhai::trace
