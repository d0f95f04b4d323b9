#include "audit/application/opening.hpp"
#include "audit/store/sale_day_store.hpp"
#include "integration/audit/fixture.hpp"

namespace shanhai::audit {
namespace {

constexpr std::uint64_t own_house = 30;

class Sales : public Audit {
protected:
    Sales() {
        fact::MerchantRegistered merchant;
        merchant.set_merchant_id(3);
        merchant.set_name("大关县翠华合作社");
        merchant.set_organisation_id(own_house);
        learn_all(merchant);
        merchant.set_merchant_id(4);
        merchant.set_name("昌宁县某茶厂");
        merchant.set_organisation_id(40);
        learn_all(merchant);
    }

    static fact::OrderPaid sale(std::uint64_t id, const std::string& paid_at, std::int64_t quantity,
                                const std::string& channel = "METRO_QR", bool certified = true) {
        auto paid = order(id, quantity, "530624", certified);
        paid.set_paid_us(unix_microseconds(*parse_rfc3339(paid_at)));
        paid.set_channel(channel);
        return paid;
    }
    /// Three days of merchant 3 and one sale of merchant 4.
    void sell() {
        auto other = sale(6, "2026-05-04T02:00:00Z", 9);
        other.mutable_lines(0)->set_merchant_id(4);
        auto tea = sale(7, "2026-05-05T02:00:00Z", 1, "STORE");
        tea.mutable_lines(0)->set_product_id(71);
        learn_all(sale(1, "2026-05-03T15:59:59Z", 1), sale(2, "2026-05-03T16:00:00Z", 2),
                  sale(3, "2026-05-04T15:59:59Z", 3, "STORE"),
                  sale(4, "2026-05-04T02:00:00Z", 4, "STORE", false), sale(5, "2026-06-01T02:00:00Z", 5),
                  other, tea);
        while (sequence() > 0) {
        }
    }
    /// As before anything was summed up; the service's own sequencer, which would begin at once, waits for
    /// the ledger's head as long as `look` looks.
    void unsummed(const std::function<void()>& look) {
        host_.transact([&](database::Session& head) {
            lock_head(head);
            sql("DELETE FROM sale_day");
            sql("UPDATE sale_day_progress SET size = 0");
            look();
        });
    }
    static std::string parameter(const support::Answer& answer) {
        EXPECT_EQ(answer.status, 422) << answer.body;
        return std::string{answer.json().at("errors").at(0).at("parameter").as_string()};
    }
    support::Answer own(const std::string& query) {
        return host_.call_as("merchant", "GET", "/v1/sales?merchant_id=3" + query, "", own_house);
    }
};

TEST_F(Sales, AreTheSameSumsByDayOfShanghaiChannelAndProduct) {
    sell();
    const auto answer = own("&from=2026-05-01&to=2026-05-31");
    ASSERT_EQ(answer.status, 200) << answer.body;
    const auto body = answer.json();
    EXPECT_EQ(body.at("merchant_name").as_string(), "大关县翠华合作社");
    const auto& days = body.at("by_day").as_array();
    ASSERT_EQ(days.size(), 3U);
    EXPECT_EQ(days[0].at("day").as_string(), "2026-05-03");
    EXPECT_EQ(days[0].at("net_fen").as_int64(), 1 * price_fen);
    EXPECT_EQ(days[1].at("day").as_string(), "2026-05-04");
    EXPECT_EQ(days[1].at("net_fen").as_int64(), (2 + 3) * price_fen);
    EXPECT_EQ(days[1].at("uncounted_fen").as_int64(), 4 * price_fen);
    EXPECT_EQ(days[1].at("uncounted_quantity").as_int64(), 4);
    const auto& channels = body.at("by_channel").as_array();
    ASSERT_EQ(channels.size(), 2U);
    EXPECT_EQ(channels[0].at("channel").as_string(), "STORE") << "the largest first";
    EXPECT_EQ(channels[0].at("quantity").as_int64(), 3 + 1);
    const auto& products = body.at("by_product").as_array();
    ASSERT_EQ(products.size(), 2U);
    EXPECT_EQ(products[0].at("product_id").as_int64(), 70);
    EXPECT_EQ(products[0].at("name").as_string(), "箬竹面");
    for (const auto* grouping : {"by_day", "by_channel", "by_product"}) {
        std::int64_t net = 0;
        for (const auto& row : body.at(grouping).as_array()) net += row.at("net_fen").as_int64();
        EXPECT_EQ(net, body.at("totals").at("net_fen").as_int64()) << grouping;
    }
    EXPECT_TRUE(recomputed("").at("equal").as_bool());
}

TEST_F(Sales, AreOfAMerchantByItsNewNameAndStayInTheLedgerAsTheyWere) {
    sell();
    const auto entry = get("/v1/audit/entries/0").json().at("entry");
    const auto checkpoint = host_.call("GET", "/log/checkpoint").body;
    fact::MerchantRegistered renamed;
    renamed.set_merchant_id(3);
    renamed.set_name("大关县翠华有限公司");
    renamed.set_organisation_id(own_house);
    learn_all(renamed);
    EXPECT_EQ(own("&from=2026-05-01&to=2026-05-31").json().at("merchant_name").as_string(),
              "大关县翠华有限公司");
    EXPECT_EQ(get("/v1/audit/entries/0").json().at("entry"), entry);
    EXPECT_EQ(host_.call("GET", "/log/checkpoint").body, checkpoint) << "nothing was appended for it";
}

TEST_F(Sales, EqualTheAuditorsFiguresOfTheMonth) {
    sell();
    const auto mine = own("&from=2026-05-01&to=2026-05-31").json().at("totals").as_object();
    const auto theirs = get("/v1/audit/counties/530624?month=2026-05").json();
    bool found = false;
    for (const auto& row : theirs.at("items").as_array()) {
        if (row.at("merchant_id").as_int64() != 3) continue;
        found = true;
        for (const auto* measure : {"net_fen", "gross_fen", "refund_fen", "uncounted_fen", "weight_g",
                                    "quantity", "lines", "uncounted_lines"})
            EXPECT_EQ(mine.at(measure), row.at(measure)) << measure;
    }
    EXPECT_TRUE(found);
}

TEST_F(Sales, ComeAsATableForSpreadsheets) {
    sell();
    const auto answer = host_.call_as(
        "merchant", "GET", "/v1/sales.csv?merchant_id=3&from=2026-05-04&to=2026-05-05", "", own_house);
    ASSERT_EQ(answer.status, 200);
    EXPECT_EQ(answer.content_type, "text/csv; charset=utf-8");
    EXPECT_NE(answer.header("Content-Disposition").find("sales-2026-05-04-2026-05-05.csv"),
              std::string::npos);
    EXPECT_TRUE(answer.body.starts_with("\xEF\xBB\xBF\"日期\""));
    EXPECT_EQ(std::ranges::count(answer.body, '\n'), 4) << answer.body;
    EXPECT_NE(answer.body.find("\"2026-05-04\",\"STORE\",\"70\",\"箬竹面\",\"3\",\"5940\",\"0\",\"5940\""),
              std::string::npos)
        << answer.body;
    EXPECT_NE(answer.body.find("\"门店\",\"59.40\",\"0.00\",\"59.40\",\"79.20\"\r\n"), std::string::npos)
        << answer.body;
}

TEST_F(Sales, AreForTheHousesOwnPeopleTheOperatorAndTheAuditor) {
    sell();
    const auto status = [&](const std::string& role, std::uint64_t organisation, const std::string& file) {
        return host_.call_as(role, "GET", "/v1/" + file + "?merchant_id=3", "", organisation).status;
    };
    for (const auto* file : {"sales", "sales.csv"}) {
        EXPECT_EQ(host_.call("GET", std::string{"/v1/"} + file + "?merchant_id=3").status, 401);
        for (const auto* role : {"operator", "auditor"}) EXPECT_EQ(status(role, 0, file), 200) << role;
        for (const auto* role : {"merchant", "finance"}) {
            EXPECT_EQ(status(role, own_house, file), 200) << role;
            EXPECT_EQ(status(role, 40, file), 403) << role;
            EXPECT_EQ(status(role, 0, file), 403) << role;
        }
        for (const auto* role : {"certifier", "admin"}) EXPECT_EQ(status(role, own_house, file), 403) << role;
    }
    EXPECT_EQ(host_.call_as("merchant", "GET", "/v1/sales?merchant_id=99", "", own_house).problem(),
              "not-your-merchant");
    EXPECT_EQ(host_.call_as("operator", "GET", "/v1/sales?merchant_id=99").problem(), "merchant-unknown");
}

TEST_F(Sales, RefuseDaysThatMeanNothing) {
    const std::vector<std::pair<std::string, std::string>> bad{{"&from=2026-05-02&to=2026-05-01", "to"},
                                                               {"&from=2025-05-01&to=2026-05-02", "from"},
                                                               {"&from=2026-02-30", "from"},
                                                               {"&to=yesterday", "to"}};
    for (const auto& [query, name] : bad) EXPECT_EQ(parameter(own(query)), name) << query;
    EXPECT_EQ(own("&from=2025-05-02&to=2026-05-02").status, 200) << "a whole year and a day";
    EXPECT_EQ(own("&to=1900-01-01").json().at("from").as_string(), "1900-01-01")
        << "a day of before could not be asked for";
    EXPECT_EQ(parameter(host_.call_as("operator", "GET", "/v1/sales")), "merchant_id");
    EXPECT_EQ(own("&month=2026-05").status, 400);
}

TEST_F(Sales, AreSummedUpForLedgersOfBefore) {
    sell();
    const auto before = own("&from=2026-05-01&to=2026-06-30").body;
    unsummed([&] {
        EXPECT_EQ(own("").problem(), "sales-not-summed");
        EXPECT_FALSE(recomputed("").at("equal").as_bool());
    });
    ASSERT_TRUE(catch_up_sale_days(host_.pool()));
    EXPECT_EQ(own("&from=2026-05-01&to=2026-06-30").body, before);
    EXPECT_TRUE(recomputed("").at("equal").as_bool());
    learn_all(sale(8, "2026-05-05T02:00:00Z", 1));
    EXPECT_EQ(sequence(), 1U);
}

TEST_F(Sales, KeepNoServiceFromItsStartWhenALedgerWasAltered) {
    sell();
    unsummed([&] { sql("UPDATE ledger_entry SET body = 'x' WHERE entry_index = 2"); });
    EXPECT_TRUE(open_ledger(host_.pool(), ledger_signer(host_.settings(), host_.secrets())));
    EXPECT_FALSE(catch_up_sale_days(host_.pool()));
    EXPECT_EQ(own("").problem(), "sales-not-summed");
}

TEST_F(Sales, ShowARecomputationWhoeverChangedThem) {
    sell();
    for (const auto* change :
         {"UPDATE sale_day SET gross_fen = gross_fen + 1 LIMIT 1", "DELETE FROM sale_day LIMIT 1",
          "UPDATE sale_day SET uncounted_quantity = 1 LIMIT 1",
          "UPDATE sale_day SET merchant_id = 9 LIMIT 1"}) {
        sql(change);
        EXPECT_FALSE(recomputed("").at("equal").as_bool()) << change;
        unsummed([] {});
        ASSERT_TRUE(catch_up_sale_days(host_.pool()));
        EXPECT_TRUE(recomputed("").at("equal").as_bool()) << change;
    }
}

}  // namespace
}  // namespace shanhai::audit
