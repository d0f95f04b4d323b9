#include "integration/orders/http_fixture.hpp"

#include <chrono>
#include <thread>

// Tables of what arrived in stock, as they come from spreadsheets.

namespace shanhai::orders {
namespace {

constexpr std::string_view headings = "批次编号,件数,入库单号,备注\r\n";

class ReceiptImports : public OrdersHttpTest {
protected:
    support::Answer hand_in(const std::string& lines, const std::string& query = {},
                            const std::string& role = "operator") {
        return host_.call("POST", "/v1/stock/imports" + query, std::string{headings} + lines,
                          {{"Authorization", "Bearer " + staff(role)}, {"Content-Type", "text/csv"}});
    }
    std::int64_t on_hand() { return host_.number("SELECT SUM(on_hand) FROM stock"); }
    std::int64_t receipts() { return host_.number("SELECT COUNT(*) FROM stock_receipt"); }
    /// Lots from 1001 on, of whose size nobody told.
    void know_lots(std::uint64_t count) {
        host_.transact([&](database::Session& session) {
            FactWriter writer{session};
            for (std::uint64_t id = 1001; id < 1001 + count; ++id) writer.save(Shop::lot(id, 1, 60));
        });
    }
};

TEST_F(ReceiptImports, TakePacksIntoStockOnce) {
    know_lots(1);
    const std::string lines = "11,5,RK-1,第三车\r\n1001,7,RK-1,\r\n";
    EXPECT_EQ(hand_in(lines, "?check=true").status, 200);
    EXPECT_EQ(on_hand(), 10) << "nothing is written when somebody only asks";
    const auto made = hand_in(lines);
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(made.json().at("made").as_int64(), 2);
    EXPECT_EQ(on_hand(), 22);
    EXPECT_EQ(host_.number("SELECT SUM(delta_on_hand) FROM stock_journal"), 22);
    const auto again = hand_in(lines);
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.json().at("already_there").as_int64(), 2);
    EXPECT_EQ(on_hand(), 22);
    EXPECT_EQ(hand_in(lines + "11,1,RK-2,\r\n").json().at("made").as_int64(), 1);
    EXPECT_EQ(on_hand(), 23);
}

TEST_F(ReceiptImports, OfFiveThousandLinesWithOneBadOneTakeNothing) {
    know_lots(5'000);
    std::string lines;
    for (int i = 0; i < 5'000; ++i) {
        lines += std::to_string(i == 2'222 ? 999 : 1001 + i) + ",3,RK-1,\r\n";
    }
    const auto frames = host_.number("SELECT COUNT(*) FROM outbox");
    const auto refused = hand_in(lines);
    EXPECT_EQ(refused.status, 422) << refused.body.substr(0, 500);
    EXPECT_EQ(refused.json().at("bad_lines").as_int64(), 1);
    EXPECT_EQ(refused.pointer(), "/lines/2224/lot_id");
    EXPECT_EQ(refused.json().at("errors").at(0).at("code").as_string(), "lot-unknown");
    EXPECT_EQ(on_hand(), 10);
    EXPECT_EQ(receipts(), 1);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM stock_journal"), 1);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM outbox"), frames);
}

TEST_F(ReceiptImports, OfFiveThousandLinesAreOneTransaction) {
    know_lots(5'000);
    std::string lines;
    for (int i = 0; i < 5'000; ++i) lines += std::to_string(1001 + i) + ",3,RK-1,\r\n";
    const auto frames = host_.number("SELECT COUNT(*) FROM outbox");
    const auto begun = std::chrono::steady_clock::now();
    const auto made = hand_in(lines);
    const auto taken = std::chrono::steady_clock::now() - begun;
    ASSERT_EQ(made.status, 201) << made.body.substr(0, 500);
    EXPECT_EQ(on_hand(), 15'010);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM outbox"), frames + 1);
    const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(taken).count();
    RecordProperty("milliseconds", std::to_string(milliseconds));
}

TEST_F(ReceiptImports, RefuseEachBadLineForItself) {
    host_.transact([](database::Session& session) { session.run("UPDATE lot SET quantity = 20"); });
    ASSERT_EQ(hand_in("11,5,RK-1,\r\n").status, 201);
    const std::tuple<const char*, const char*, const char*> cases[] = {
        {"11,6,RK-1,\r\n", "/lines/2/quantity", "differs"},
        {"11,5,RK-1,另一车\r\n", "/lines/2/note", "differs"},
        {"11,3,RK-2,\r\n11,3,RK-3,\r\n", "/lines/3/quantity", "receipt-above-lot"},
        {"11,1,RK-2,\r\n11,1,RK-2,\r\n", "/lines/3/reference", "line-repeated"},
        {"11,0,RK-2,\r\n", "/lines/2/quantity", "validation-failed"},
        {"11,1,,\r\n", "/lines/2/reference", "validation-failed"},
        {"11,1,#99,\r\n", "/lines/2/reference", "validation-failed"},
    };
    for (const auto& [lines, pointer, code] : cases) {
        const auto refused = hand_in(lines);
        EXPECT_EQ(refused.status, 422) << lines;
        EXPECT_EQ(refused.pointer(), pointer) << refused.body;
        EXPECT_EQ(refused.json().at("errors").at(0).at("code").as_string(), code) << refused.body;
    }
    host_.transact([](database::Session& session) { session.run("UPDATE lot SET saleable = FALSE"); });
    EXPECT_EQ(hand_in("11,1,RK-9,\r\n").json().at("errors").at(0).at("code").as_string(), "lot-blocked");
    EXPECT_EQ(on_hand(), 15);
}

TEST_F(ReceiptImports, AreForTheOperatorOnly) {
    for (const auto* role : {"merchant", "auditor", "certifier"}) {
        EXPECT_EQ(hand_in("11,1,RK-1,\r\n", {}, role).problem(), "role-missing") << role;
    }
    EXPECT_EQ(receipts(), 1);
}

TEST_F(ReceiptImports, AtTheSameTimeTakeEverythingOnce) {
    know_lots(200);
    std::string lines;
    for (int i = 0; i < 200; ++i) lines += std::to_string(1001 + i) + ",3,RK-1,\r\n";
    std::vector<support::Answer> answers(3);
    std::vector<std::thread> threads;
    for (auto& answer : answers) threads.emplace_back([&] { answer = hand_in(lines); });
    for (auto& thread : threads) thread.join();
    std::int64_t made = 0;
    for (const auto& answer : answers) {
        ASSERT_LT(answer.status, 300) << answer.body;
        made += answer.json().at("made").as_int64();
    }
    EXPECT_EQ(made, 200);
    EXPECT_EQ(on_hand(), 610);
}

TEST_F(ReceiptImports, TakeWhatWasExported) {
    ASSERT_EQ(hand_in("11,5,=RK-1,+1 车\r\n").status, 201);
    const auto exported = host_.call_as("operator", "GET", "/v1/stock/export.csv");
    ASSERT_EQ(exported.status, 200) << exported.body;
    const auto again =
        host_.call("POST", "/v1/stock/imports", exported.body,
                   {{"Authorization", "Bearer " + staff("operator")}, {"Content-Type", "text/csv"}});
    EXPECT_EQ(again.status, 200) << again.body;
    EXPECT_EQ(again.json().at("already_there").as_int64(), 2) << "the one without a name, too";
    EXPECT_EQ(on_hand(), 15);
    const auto none = host_.call_as("operator", "GET", "/v1/stock/export.csv?from=2199-01-01");
    EXPECT_EQ(none.body.find("RK-1"), std::string::npos);
    EXPECT_EQ(host_.call_as("merchant", "GET", "/v1/stock/export.csv").problem(), "role-missing");
}

}  // namespace
}  // namespace shanhai::orders
