#include "integration/orders/looked_up.hpp"

namespace shanhai::orders {
namespace {

using std::chrono::hours;

class PricesTest : public LookedUpTest {
protected:
    support::Answer ask(const std::string& skus = "1") {
        return host_.call("GET", "/v1/prices/lowest?sku_ids=" + skus);
    }
    json::value price(const std::string& sku = "1") {
        const auto answer = ask(sku);
        EXPECT_EQ(answer.status, 200) << answer.body;
        return answer.json().at("items").at(0);
    }
};

TEST_F(PricesTest, ComparesAReducedPriceWithTheLowestThatWasPaidInTheSevenDaysBefore) {
    (void)buy({{{1}, hours{24 * 9}}, {{1}, hours{24 * 3}}});
    EXPECT_EQ(price().at("lowest_lately_fen").as_int64(), 1990);
    EXPECT_TRUE(price().at("compared_fen").is_null()) << "nothing was reduced";
    learn(offer(1, 2, 1690, now() - hours{24}));
    const auto reduced = price();
    EXPECT_EQ(reduced.at("price_fen").as_int64(), 1690);
    EXPECT_EQ(reduced.at("lowest_before_fen").as_int64(), 1990);
    EXPECT_EQ(reduced.at("compared_fen").as_int64(), 1990);
    (void)buy({{{1}, hours{0}}});
    EXPECT_EQ(price().at("compared_fen").as_int64(), 1990)
        << "sold at the reduced price, it is still reduced";
    EXPECT_EQ(price().at("lowest_lately_fen").as_int64(), 1690);
}

TEST_F(PricesTest, LetsNobodyRaiseAPriceForAnHourToReduceIt) {
    (void)buy({{{1}, hours{24 * 2}}});
    learn(offer(1, 2, 9990, now()));
    EXPECT_TRUE(price().at("compared_fen").is_null());
    learn(offer(1, 3, 1990, now()));
    EXPECT_TRUE(price().at("compared_fen").is_null()) << "nobody ever paid 99.90";
    EXPECT_EQ(price().at("lowest_before_fen").as_int64(), 1990);
}

TEST_F(PricesTest, LetsNobodyBuyOnceAtARaisedPriceToReduceIt) {
    learn(offer(1, 2, 9990, now() - hours{1}));
    (void)buy({{{1}, hours{0}}});
    learn(offer(1, 3, 1990, now()));
    EXPECT_EQ(price().at("lowest_before_fen").as_int64(), 9990);
    EXPECT_TRUE(price().at("compared_fen").is_null()) << "it was asked for 19.90 an hour before";
}

TEST_F(PricesTest, ComparesNothingWithWhatNobodyPaid) {
    learn(offer(1, 2, 1690, now()));
    EXPECT_TRUE(price().at("lowest_before_fen").is_null());
    EXPECT_TRUE(price().at("compared_fen").is_null());
    ASSERT_EQ(place(order(2), "unpaid").status, 201);
    learn(offer(2, 2, 1000, now()));
    EXPECT_TRUE(price("2").at("compared_fen").is_null()) << "an order that nobody paid is no deal";
}

TEST_F(PricesTest, TellsThePublicNothingOfWhatWasNeverListed) {
    auto hidden = offer(1, 2, 1690);
    hidden.listed = false;
    hidden.never_listed = true;
    learn(hidden);
    const auto seen = [&](const std::string& role, std::uint64_t organisation = 0) {
        const auto answer = host_.call_as(role, "GET", "/v1/prices/lowest?sku_ids=1,2", {}, organisation);
        EXPECT_EQ(answer.header("Cache-Control"), "no-store") << "of a copy the next one would be told";
        return answer.json().at("items").as_array().size();
    };
    const auto told = ask("1,2");
    ASSERT_EQ(told.json().at("items").as_array().size(), 1U) << told.body;
    EXPECT_EQ(told.json().at("items").at(0).at("sku_id").as_int64(), 2);
    EXPECT_EQ(told.header("Cache-Control"), "public, max-age=60");
    EXPECT_NE(told.header("Vary").find("Authorization"), std::string::npos);
    EXPECT_TRUE(ask("1").json().at("items").as_array().empty());
    EXPECT_EQ(seen("merchant", 60), 1U);
    EXPECT_EQ(seen("merchant"), 1U);
    EXPECT_EQ(seen("merchant", 50), 2U);
    for (const auto* role : {"operator", "certifier", "auditor"}) EXPECT_EQ(seen(role), 2U) << role;
    const auto stock = [&](const std::string& role, std::uint64_t organisation = 0) {
        return host_.call_as(role, "GET", "/v1/stock/1", {}, organisation);
    };
    EXPECT_EQ(host_.call("GET", "/v1/stock/1").problem(), "sku-unknown");
    EXPECT_EQ(stock("merchant", 60).problem(), "sku-unknown");
    EXPECT_EQ(stock("merchant", 50).status, 200);
    for (const auto* role : {"operator", "certifier", "auditor"}) EXPECT_EQ(stock(role).status, 200) << role;
    EXPECT_EQ(place(order(1), "hidden").problem(), "sku-unknown") << "nor does it sell";
    const auto thresholds = [&](std::uint64_t organisation) {
        return host_.call_as("merchant", "PUT", "/v1/stock/1/thresholds",
                             R"({"low_stock_below":5,"near_expiry_days":9})", organisation);
    };
    EXPECT_EQ(thresholds(60).problem(), "sku-unknown");
    EXPECT_EQ(thresholds(50).status, 200);
    const auto thresholds_of = [&](std::uint64_t organisation) {
        return host_.call_as("merchant", "GET", "/v1/stock/thresholds?sku_ids=1", {}, organisation);
    };
    EXPECT_TRUE(thresholds_of(60).json().at("items").as_array().empty()) << thresholds_of(60).body;
    EXPECT_EQ(thresholds_of(50).json().at("items").as_array().size(), 1U);
    auto listed = hidden;
    listed.never_listed = false;
    learn(listed);
    EXPECT_EQ(ask("1").json().at("items").as_array().size(), 1U) << "listed once, and not any more";
    EXPECT_EQ(host_.call("GET", "/v1/stock/1").status, 200);
}

TEST_F(PricesTest, KnowsTheDealsOfBeforeThereWereTables) {
    (void)buy({{{1, 2}, hours{24 * 3}}});
    const auto deals = host_.number("SELECT COUNT(*) FROM deal_day");
    const auto sold = host_.number("SELECT COUNT(*) FROM sold_order");
    EXPECT_EQ(deals, 2);
    EXPECT_EQ(sold, 2);
    host_.stop();
    host_.transact([](database::Session& session) {
        session.run("DELETE FROM deal_day");
        session.run("DELETE FROM sold_order");
        for (const auto& file : schema()) {
            if (file.name.find("sold") == std::string::npos) continue;
            for (const auto& statement : database::statements_of(file.sql)) {
                if (statement.find("INSERT INTO") != std::string::npos) session.run(statement);
            }
        }
    });
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM deal_day"), deals);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM sold_order"), sold);
}

TEST_F(PricesTest, AnswersManyAtOnceAndLeavesOutWhatIsNotSold) {
    const auto answer = ask("2,1,2,777");
    ASSERT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(answer.json().at("items").as_array().size(), 2U);
    EXPECT_EQ(answer.header("Cache-Control"), "public, max-age=60");
}

TEST_F(PricesTest, RefusesWhatIsNoListOfSkus) {
    std::string many = "1";
    for (int sku = 2; sku <= 101; ++sku) many += ',' + std::to_string(sku);
    for (const auto& bad :
         {std::string{}, std::string{"0"}, std::string{"x"}, std::string{"1,"}, std::string{",1"},
          std::string{"1,,2"}, std::string{"-1"}, std::string{"+1"}, many}) {
        EXPECT_EQ(parameter(ask(bad)), "sku_ids") << bad;
    }
    EXPECT_EQ(parameter(host_.call("GET", "/v1/prices/lowest")), "sku_ids");
}

}  // namespace
}  // namespace shanhai::orders
