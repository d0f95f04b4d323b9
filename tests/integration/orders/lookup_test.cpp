#include "integration/orders/looked_up.hpp"

#include "orders/store/order_list.hpp"

#include <algorithm>

namespace shanhai::orders {
namespace {

using std::chrono::hours;

class LookupTest : public LookedUpTest {
protected:
    std::string handle(const std::string& phone) {
        const auto answer =
            host_.call_as("operator", "POST", "/v1/orders/receivers", R"({"phone":")" + phone + "\"}");
        EXPECT_EQ(answer.status, 200) << answer.body;
        return text(answer, "receiver");
    }
    static std::string day(std::chrono::minutes ago) { return date_text(shanghai_date(now() - ago)); }
};

TEST_F(LookupTest, ListsOrdersNewestFirstWithTheirReceiversMasked) {
    const auto numbers = buy({{{1}, hours{72}}, {{1, 2}, hours{24}}, {{2}, hours{48}}});
    const auto answer = list();
    EXPECT_EQ(numbers_in(answer), (std::vector{numbers[1], numbers[2], numbers[0]}));
    EXPECT_EQ(answer.header("Cache-Control"), "no-store");
    const auto first = answer.json().at("items").at(0);
    EXPECT_EQ(first.at("state").as_string(), "PAID");
    EXPECT_EQ(first.at("channel").as_string(), "ONLINE");
    EXPECT_EQ(first.at("total_fen").as_int64(), 4990);
    EXPECT_EQ(first.at("lines").at(1).at("merchant_id").as_int64(), 6);
    EXPECT_EQ(first.at("receiver").at("name").as_string(), "张*");
    EXPECT_EQ(first.at("receiver").at("phone").as_string(), "138******78");
    EXPECT_EQ(first.at("receiver").at("address").as_string(), "上海市闵行区沪闵路6258号***");
    EXPECT_EQ(answer.body.find("3号楼"), std::string::npos);
    EXPECT_EQ(answer.body.find("13812345678"), std::string::npos);
    EXPECT_EQ(answer.body.find("access_token"), std::string::npos);
}

TEST_F(LookupTest, GivesEveryOrderOnceHoweverSmallThePages) {
    std::vector<Bought> many;
    for (int i = 0; i < 23; ++i) many.push_back({{1}, hours{i / 3}});  // Several of the same moment.
    auto wanted = buy(many);
    for (const auto* narrowed : {"", "&state=PAID", "&merchant_id=5"}) {
        std::vector<std::string> seen;
        std::string cursor;
        do {
            const auto answer =
                list("?limit=5" + std::string{narrowed} + (cursor.empty() ? "" : "&cursor=" + cursor));
            for (auto& number : numbers_in(answer)) seen.push_back(std::move(number));
            const auto next = answer.json().at("next");
            cursor = next.is_null() ? "" : std::string{next.as_string()};
        } while (!cursor.empty());
        EXPECT_EQ(seen.size(), wanted.size()) << narrowed;
        EXPECT_EQ((std::set<std::string>{seen.begin(), seen.end()}),
                  (std::set<std::string>{wanted.begin(), wanted.end()}));
    }
    const auto next = text(list("?limit=5"), "next");
    EXPECT_EQ(list("?limit=5&state=PAID&cursor=" + next).problem(), "invalid-cursor");
}

TEST_F(LookupTest, NarrowsByNumberStateMerchantAndDays) {
    const auto numbers = buy({{{1}, hours{24 * 9}}, {{2}, hours{24 * 5}}, {{1, 2}, hours{24}}});
    const auto unpaid = text(place(order(), "unpaid"), "order_number");
    using Numbers = std::vector<std::string>;
    EXPECT_EQ(numbers_in(list("?order_number=" + numbers[1])), Numbers{numbers[1]});
    EXPECT_EQ(numbers_in(list("?order_number=" + numbers[1].substr(0, 16))), Numbers{numbers[1]});
    EXPECT_EQ(numbers_in(list("?order_number=SH2020010112345")), Numbers{});
    EXPECT_EQ(numbers_in(list("?state=CREATED")), Numbers{unpaid});
    EXPECT_EQ(numbers_in(list("?state=EXPIRED")), Numbers{});
    EXPECT_EQ(numbers_in(list("?merchant_id=6")), (Numbers{numbers[2], numbers[1]}));
    EXPECT_EQ(numbers_in(list("?merchant_id=5&state=PAID")), (Numbers{numbers[2], numbers[0]}))
        << "the unpaid one is nobody's sale";
    EXPECT_EQ(numbers_in(list("?merchant_id=5&state=CREATED")), Numbers{});
    EXPECT_EQ(numbers_in(list("?merchant_id=6&order_number=" + numbers[0])), Numbers{});
    const auto middle = day(hours{24 * 5} + std::chrono::minutes{5});
    EXPECT_EQ(numbers_in(list("?from=" + middle + "&to=" + middle)), Numbers{numbers[1]});
    EXPECT_EQ(numbers_in(list("?to=" + day(hours{24 * 8}))), Numbers{numbers[0]});
    EXPECT_EQ(numbers_in(list("?merchant_id=5&from=" + day(hours{24 * 3}))), Numbers{numbers[2]});
}

TEST_F(LookupTest, FindsTheOrdersOfATelephoneWithoutEverNamingIt) {
    const auto numbers = buy({{{1}, hours{3}, "13812345678"}, {{1}, hours{2}, "13987654321"}});
    const auto one = handle("+86 138-1234-5678");
    EXPECT_EQ(numbers_in(list("?receiver=" + one)), std::vector{numbers[0]});
    for (const auto& number : {numbers[0], numbers[0].substr(0, 16)}) {
        EXPECT_EQ(numbers_in(list("?order_number=" + number + "&receiver=" + one)), std::vector{numbers[0]});
    }
    EXPECT_EQ(numbers_in(list("?order_number=" + numbers[1] + "&receiver=" + one)),
              std::vector<std::string>{});
    EXPECT_EQ(numbers_in(list("?state=PAID&receiver=" + one + "&order_number=" + numbers[0])).size(), 1U);
    EXPECT_EQ(numbers_in(list("?state=CREATED&receiver=" + one)), std::vector<std::string>{});
    EXPECT_EQ(numbers_in(list("?receiver=" + handle("13700000000"))), std::vector<std::string>{});
    EXPECT_NE(handle("13812345678"), one) << "two handles of a telephone must have nothing in common";
    EXPECT_EQ(one.find("138"), std::string::npos);
    auto forged = one;
    forged[5] = forged[5] == 'A' ? 'B' : 'A';
    for (const auto& bad : {forged, std::string{"13812345678"}, one + "AAAA"})
        EXPECT_EQ(parameter(list("?receiver=" + bad)), "receiver") << bad;
    host_.clock().turn(hours{13});
    EXPECT_EQ(parameter(list("?receiver=" + one)), "receiver") << "a day later it is worth nothing";
}

TEST_F(LookupTest, ForgetsWhoseAnErasedOrderWas) {
    const auto numbers = buy({{{1}, hours{3}}});
    host_.transact([&](database::Session& session) {
        session.run(
            "UPDATE vault_record SET wrapped_key = NULL, sealed = '', phone_hash = REPEAT(X'00', 32)");
    });
    EXPECT_EQ(numbers_in(list("?receiver=" + handle("13812345678"))), std::vector<std::string>{});
    const auto item = list().json().at("items").at(0);
    EXPECT_EQ(item.at("order_number").as_string(), numbers[0]);
    EXPECT_EQ(item.at("receiver").at("name").as_string(), "");
}

TEST_F(LookupTest, ShowsAHouseItsOwnLinesOfItsOwnPaidOrders) {
    const auto numbers = buy({{{1}, hours{3}}, {{1, 2}, hours{2}}, {{2}, hours{1}}});
    (void)place(order(), "unpaid");
    const auto answer = list("?merchant_id=6", "merchant", 60);
    EXPECT_EQ(numbers_in(answer), (std::vector{numbers[2], numbers[1]}));
    const auto shared = answer.json().at("items").at(1);
    ASSERT_EQ(shared.at("lines").as_array().size(), 1U) << "another house's goods are none of theirs";
    EXPECT_EQ(shared.at("lines").at(0).at("sku_id").as_int64(), 2);
    EXPECT_EQ(shared.at("total_fen").as_int64(), 3000);
    EXPECT_EQ(shared.at("receiver").at("phone").as_string(), "138******78");
    EXPECT_EQ(numbers_in(list("?merchant_id=6&order_number=" + numbers[0], "merchant", 60)),
              std::vector<std::string>{});
}

TEST_F(LookupTest, RefusesWhoeverMayNotAndWhatMeansNothing) {
    (void)buy({{{1}, hours{3}}});
    EXPECT_EQ(host_.call("GET", "/v1/orders").status, 401);
    for (const auto* role : {"certifier", "admin", "finance"}) EXPECT_EQ(list("", role).status, 403) << role;
    EXPECT_EQ(parameter(list("", "merchant", 50)), "merchant_id");
    EXPECT_EQ(list("?merchant_id=6", "merchant", 50).problem(), "not-your-merchant");
    EXPECT_EQ(list("?merchant_id=5", "merchant", 0).problem(), "not-your-merchant");
    EXPECT_EQ(list("?merchant_id=999", "merchant", 50).problem(), "not-your-merchant");
    EXPECT_EQ(host_.call_as("merchant", "POST", "/v1/orders/receivers", R"({"phone":"13812345678"})").status,
              403);
    EXPECT_EQ(host_.call_as("auditor", "POST", "/v1/orders/receivers", R"({"phone":"13812345678"})").status,
              403);
    EXPECT_EQ(host_.call_as("operator", "POST", "/v1/orders/receivers", R"({"phone":"123"})").pointer(),
              "/phone");
    const std::vector<std::pair<std::string, std::string>> bad{
        {"?state=SHIPPED", "state"},       {"?order_number=SH2026", "order_number"},
        {"?from=2026-02-30", "from"},      {"?from=2026-05-02&to=2026-05-01", "to"},
        {"?merchant_id=0", "merchant_id"}, {"?limit=101", "limit"}};
    for (const auto& [query, name] : bad) EXPECT_EQ(parameter(list(query)), name) << query;
    EXPECT_EQ(list("?phone=13812345678").status, 400) << "no telephone stands in an address";
}

/// As many orders as a good year has, made by SQL from the ones that there are.
class CrowdedLookupTest : public LookupTest {
protected:
    static constexpr int orders = 100'000;

    CrowdedLookupTest() {
        (void)buy({{{1, 2}, hours{5}}});
        host_.transact([](database::Session& session) {
            const std::string numbers = " FROM seq_1_to_" + std::to_string(orders) + " s ";
            session.run(
                "INSERT INTO orders (order_id, order_number, state, total_fen, channel, buyer, "
                "confirmed_no_return, created_at, expires_at, paid_at) SELECT 1000000 + seq, "
                "CONCAT('SH2025', LPAD(seq, 15, '0')), IF(seq % 10 = 0, 'EXPIRED', 'PAID'), 1990, 'ONLINE', "
                "REPEAT('b', 32), FALSE, UTC_TIMESTAMP(6) - INTERVAL seq MINUTE, UTC_TIMESTAMP(6), "
                "IF(seq % 10 = 0, NULL, UTC_TIMESTAMP(6) - INTERVAL seq MINUTE)" +
                numbers);
            session.run(
                "INSERT INTO order_line (order_id, line_id, revision_id, lot_id, lot_code, county_code, "
                "quantity, total_fen, certification_id, certified_at_payment) SELECT o.order_id, "
                "o.order_id, l.revision_id, l.lot_id, l.lot_code, l.county_code, 1, l.total_fen, "
                "l.certification_id, 1 FROM orders o JOIN (SELECT * FROM order_line LIMIT 1) l WHERE "
                "o.order_id > 1000000");
            session.run(
                "INSERT INTO sold_order SELECT 5, created_at, order_id FROM orders WHERE order_id > 1000000 "
                "AND state = 'PAID'");
            session.run(
                "INSERT INTO vault_record (order_id, wrapped_key, sealed, phone_hash) SELECT order_id, NULL, "
                "'', UNHEX(SHA2(order_id % 5000, 256)) FROM orders WHERE order_id > 1000000");
        });
    }

    static std::int64_t rows_read(database::Session& session) {
        auto counters = session.ask("SHOW SESSION STATUS LIKE 'Handler_read_%'");
        std::int64_t sum = 0;
        while (counters.next()) sum += counters.integer(1);
        return sum;
    }
    /// However busy the machine is: a page of 21 reads some hundred rows at most, of a hundred thousand.
    void expect_few_rows(const OrderFilter& filter) {
        host_.transact([&](database::Session& session) {
            const ListPosition after{now() - hours{24}, OrderId{1'050'000}};
            const auto start = rows_read(session);
            const auto idle = rows_read(session) - start;
            (void)list_orders(session, filter, after, 21);
            const auto read = rows_read(session) - start - 2 * idle;
            EXPECT_LE(read, 600) << list_statement(filter, after, 21);
        });
    }
};

TEST_F(CrowdedLookupTest, ReadsFewRowsForAPageOfAHundredThousandOrders) {
    const auto prefix = std::string{"SH2025"} + "0000000000500";
    const auto today = day(hours{24});
    for (const auto& query : {std::string{"?limit=50"}, std::string{"?limit=50&state=EXPIRED"},
                              std::string{"?limit=50&merchant_id=5"}, "?receiver=" + handle("13812345678"),
                              "?order_number=" + prefix, "?limit=50&from=" + today + "&to=" + today,
                              "?limit=50&state=PAID&to=" + day(hours{24 * 40})}) {
        EXPECT_FALSE(numbers_in(list(query)).empty()) << query;
    }
    expect_few_rows({});
    expect_few_rows({.state = OrderState::expired});
    expect_few_rows({.merchant = MerchantId{5}});
    expect_few_rows({.number = prefix});
    expect_few_rows({.from = now() - hours{48}, .until = now()});
    expect_few_rows({.state = OrderState::paid, .until = now() - hours{24 * 40}});
    expect_few_rows({.phone_hash = security::sha256("7")});
}

}  // namespace
}  // namespace shanhai::orders
