#include "integration/orders/http_fixture.hpp"

namespace shanhai::orders {
namespace {

TEST_F(OrdersHttpTest, SellsAPackFromTheScanToThePayment) {
    auto body = order(1, 2);
    body["attribution"] = attribution(7, now() - std::chrono::hours{1});
    const auto placed = place(body);
    ASSERT_EQ(placed.status, 201) << placed.body;
    EXPECT_EQ(text(placed, "state"), "CREATED");
    EXPECT_EQ(placed.json().at("total_fen").as_int64(), 3980);
    EXPECT_EQ(placed.json().at("lines").at(0).at("lot_code").as_string(), "L11");

    const auto attempt = pay(placed);
    ASSERT_EQ(attempt.status, 201) << attempt.body;
    const auto url = text(attempt, "pay_url");
    const auto page = url.substr(url.find("/sandbox/"));
    EXPECT_NE(host_.call("GET", page).body.find("39.80"), std::string::npos);
    const auto decided = host_.call("POST", page, "decision=pay");
    EXPECT_EQ(decided.status, 303);
    EXPECT_EQ(decided.header("Location"), "/o/" + text(placed, "order_number") + "#paid");  // No key in it.

    EXPECT_TRUE(becomes(placed, "PAID"));
    EXPECT_EQ(host_.number("SELECT on_hand FROM stock WHERE lot_id = 11"), 8);
    EXPECT_EQ(host_.number("SELECT reserved FROM stock WHERE lot_id = 11"), 0);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM orders WHERE channel = 'METRO_QR' AND placement_id = 7"), 1);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM order_line WHERE certified_at_payment"), 1);
}

TEST_F(OrdersHttpTest, RepeatsTheSameBytesForTheSameKey) {
    const auto first = place(order());
    const auto again = place(order());
    ASSERT_EQ(first.status, 201);
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(first.body, again.body);
    EXPECT_EQ(first.header("Idempotent-Replayed"), "");
    EXPECT_EQ(again.header("Idempotent-Replayed"), "true");
    EXPECT_EQ(place(order(1, 2)).problem(), "idempotency-key-reused");

    const auto quoted =
        host_.call("POST", "/v1/orders", json::serialize(order()), {{"Idempotency-Key", "\"k\""}, content()});
    EXPECT_EQ(quoted.body, first.body);
    const auto page = text(pay(first), "pay_url");
    (void)host_.call("POST", page.substr(page.find("/sandbox/")), "decision=pay");
    ASSERT_TRUE(becomes(first, "PAID"));
    EXPECT_EQ(place(order()).body, first.body);
}

TEST_F(OrdersHttpTest, NamesWhatIsWrongWithARequest) {
    auto unknown = order(99);
    EXPECT_EQ(place(unknown).problem(), "sku-unknown");
    EXPECT_EQ(place(unknown).pointer(), "/lines/0/sku_id");
    auto price = order();
    price["lines"].at(0).as_object()["price_version"] = 9;
    EXPECT_EQ(place(price).status, 409);
    EXPECT_EQ(place(price).problem(), "price-changed");
    EXPECT_EQ(place(order(3)).problem(), "certification-not-valid");
    EXPECT_EQ(place(order(1, 51)).problem(), "quantity-above-cap");
    EXPECT_EQ(place(order(1, 11)).problem(), "sold-out");
    auto phone = order();
    phone["receiver"].as_object()["phone"] = "12345";
    EXPECT_EQ(place(phone).pointer(), "/receiver/phone");
    const auto without_key = host_.call("POST", "/v1/orders", json::serialize(order()), {content()});
    EXPECT_EQ(without_key.status, 400);
    EXPECT_EQ(without_key.problem(), "idempotency-key-missing");
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM orders"), 0);
}

TEST_F(OrdersHttpTest, SellsNothingOnACatalogueThatIsTooOldButStillRepeats) {
    const auto placed = place(order());
    host_.settings().catalogue_age_max_seconds = 300;
    host_.run(make_service);
    const auto refused = place(order(), "another");
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.problem(), "catalogue-stale");
    EXPECT_NE(refused.header("Retry-After"), "");
    EXPECT_EQ(place(order()).body, placed.body);
}

/// What is sold is decided by the catalog's word and by trace's: either of them may have blocked it
/// meanwhile.
TEST_F(OrdersHttpTest, SellsNothingWhenEitherCatalogOrTraceWasNotHeardForTooLong) {
    const auto heard_before = [&](int catalog_seconds, int trace_seconds) {
        host_.stop();
        host_.transact([&](database::Session& session) {
            for (const auto& [producer, age] :
                 {std::pair{"catalog", catalog_seconds}, std::pair{"trace", trace_seconds}}) {
                session.execute(
                    "UPDATE consumed SET fresh_at = UTC_TIMESTAMP(6) - INTERVAL ? SECOND WHERE producer = ?",
                    age, producer);
            }
        });
        host_.run(make_service);
    };
    const auto age_is_known = [&](const std::string& hundreds) {
        const auto told = "age of the catalogue: " + hundreds;
        return eventually(
            [&] { return host_.call_internal("GET", "/readyz").body.find(told) != std::string::npos; });
    };
    ASSERT_TRUE(eventually([&] { return host_.number("SELECT COUNT(*) FROM consumed") == 3; }));
    host_.settings().catalogue_age_max_seconds = 300;
    for (const auto& [catalog, trace] : {std::pair{0, 400}, std::pair{400, 0}}) {
        heard_before(catalog, trace);
        ASSERT_TRUE(age_is_known("4")) << catalog << ' ' << trace;
        EXPECT_EQ(place(order()).status, 503) << catalog << ' ' << trace;
        EXPECT_EQ(place(order()).problem(), "catalogue-stale");
    }
    heard_before(100, 100);
    ASSERT_TRUE(age_is_known("1"));
    EXPECT_EQ(place(order()).status, 201);
}

TEST_F(OrdersHttpTest, IgnoresAnAttributionOlderThanADay) {
    auto body = order();
    body["attribution"] = attribution(7, now() - std::chrono::hours{25});
    ASSERT_EQ(place(body).status, 201);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM orders WHERE channel = 'ONLINE' AND placement_id IS NULL"),
              1);
}

TEST_F(OrdersHttpTest, SellsWhateverTheAttributionHolds) {
    const auto good = attribution(7, now() - std::chrono::minutes{5});
    const std::vector<std::string> torn{
        "spring-campaign", good.substr(0, good.size() - 1), "", good + "A", std::string(5000, 'x'),
        "山海\n\t",        attribution(99, now())};
    for (std::size_t i = 0; i < torn.size(); ++i) {
        auto body = order();
        body["attribution"] = torn[i];
        body["receiver"].as_object()["phone"] = "1381234567" + std::to_string(i);
        const auto answer = place(body);
        EXPECT_EQ(answer.status, 201) << i << ' ' << answer.body;
    }
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM orders WHERE channel = 'ONLINE'"), 7);
    auto number = order();
    number["attribution"] = 7;
    EXPECT_EQ(place(number, "other").status, 422);
}

TEST_F(OrdersHttpTest, CreditsScansOfTheKeyBeforeAfterItWasReplaced) {
    security::SignedTokens before{std::string(32, 'o'), "attribution", 10};
    ASSERT_TRUE(host_.secrets().make_once("attribution_previous", security::base64(std::string(32, 'o'))));
    host_.run(make_service);
    auto body = order();
    const auto token = attribution(7, now());
    const auto payload =
        security::SignedTokens{host_.secrets().key("attribution"), "attribution", 10}.read(token);
    body["attribution"] = before.make(*payload);
    ASSERT_EQ(place(body).status, 201);
    body["attribution"] = token;
    ASSERT_EQ(place(body, "second").status, 201);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM orders WHERE channel = 'METRO_QR' AND placement_id = 7"), 2);
}

TEST_F(OrdersHttpTest, CapsWhatATelephoneHoldsAndSaysSo) {
    for (int i = 0; i < 5; ++i) ASSERT_EQ(place(order(), "k" + std::to_string(i)).status, 201);
    const auto refused = place(order(), "k5");
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.problem(), "hold-limit");
    EXPECT_EQ(refused.pointer(), "/receiver/phone");
    EXPECT_NE(refused.header("Retry-After"), "");
    EXPECT_EQ(place(order(), "k0").status, 201);  // A repetition holds nothing new.
}

TEST_F(OrdersHttpTest, TellsTheRefundAndItsStateAndWhyTheOrderWasClosed) {
    const auto placed = place(order());
    const auto page = text(pay(placed), "pay_url");
    host_.transact([](database::Session& session) {
        session.execute("UPDATE lot SET saleable = FALSE WHERE lot_id = 11");
    });
    const auto paid = host_.call("POST", page.substr(page.find("/sandbox/")), "decision=pay");
    EXPECT_EQ(paid.header("Location"), "/o/" + text(placed, "order_number") + "#paid");  // No key in it.
    ASSERT_TRUE(becomes(placed, "CANCELLED"));
    EXPECT_EQ(text(show(placed), "close_reason"), "lot-blocked");
    const auto refund = [&] { return show(placed).json().at("refunds").at(0); };
    EXPECT_EQ(refund().at("reason").as_string(), "lot-blocked");
    EXPECT_EQ(refund().at("amount_fen").as_int64(), 1990);
    EXPECT_TRUE(eventually([&] { return refund().at("state").as_string() == "SUCCESS"; }));
}

TEST_F(OrdersHttpTest, CorrectsTheStockWithTwoPeople) {
    const std::string body = R"({"lot_id":11,"delta":-3,"reason":"破损"})";
    const auto propose = [&](const std::string& text, const std::string& key) {
        return host_.call(
            "POST", "/v1/stock/corrections", text,
            {{"Idempotency-Key", key}, {"Authorization", "Bearer " + staff("operator")}, content()});
    };
    const auto proposed = propose(body, "c");
    ASSERT_EQ(proposed.status, 201) << proposed.body;
    EXPECT_EQ(text(proposed, "state"), "PROPOSED");
    EXPECT_EQ(propose(R"({"lot_id":11,"delta":0,"reason":"x"})", "d").pointer(), "/delta");
    EXPECT_EQ(propose(R"({"lot_id":11,"delta":-11,"reason":"x"})", "e").problem(), "correction-above-stock");
    const auto path = "/v1/stock/corrections/" +
                      std::to_string(proposed.json().at("correction_id").to_number<std::uint64_t>()) +
                      "/confirm";
    EXPECT_EQ(host_.call("POST", path).status, 401);
    const Headers own{{"Authorization", "Bearer " + staff("operator")}};
    EXPECT_EQ(host_.call("POST", path, "", own).problem(), "second-person-needed");
    const security::TokenSigner signer{host_.secrets().read("access_token_private")};
    const auto second = signer.sign({2, 0, "second", {"operator"}}, now(), std::chrono::minutes{10});
    const auto confirmed = host_.call("POST", path, "", {{"Authorization", "Bearer " + second}});
    EXPECT_EQ(confirmed.status, 200) << confirmed.body;
    EXPECT_EQ(host_.call("GET", "/v1/stock/1").json().at("available").as_int64(), 7);
}

TEST_F(OrdersHttpTest, PutsOrdersOfThePastThroughTheSameBooks) {
    const auto body = [](const std::string& at) {
        return R"({"orders":[{"key":"s1","at":")" + at +
               R"(","placement_id":7,"paid_after_seconds":60,"lines":[{"sku_id":1,"quantity":2}],"receiver":)" +
               R"({"name":"李四","phone":"13900000000","address":"上海市闵行区某路1号"}},)" + R"({"at":")" +
               at + R"(","lines":[{"sku_id":3,"quantity":1}],"receiver":)" +
               R"({"name":"李四","phone":"13900000000","address":"上海市闵行区某路1号"}}]})";
    };
    const auto past = rfc3339(std::chrono::floor<std::chrono::seconds>(now()) - std::chrono::hours{20});
    const Headers known{{"Shanhai-Internal-Key", host_.secrets().read("internal_backfill")}, content()};
    EXPECT_EQ(host_.call_internal("POST", "/internal/v1/backfill", body(past), {content()}).status, 401);
    const auto first = host_.call_internal("POST", "/internal/v1/backfill", body(past), known);
    ASSERT_EQ(first.status, 200) << first.body;
    const auto orders = first.json().at("orders").as_array();
    ASSERT_EQ(orders.size(), 2U);
    EXPECT_EQ(orders[1].at("code").as_string(), "certification-not-valid");
    const auto again = host_.call_internal("POST", "/internal/v1/backfill", body(past), known);
    EXPECT_EQ(again.json().at("orders").at(0).at("order_number"), orders[0].at("order_number"));
    EXPECT_EQ(host_.number(
                  "SELECT COUNT(*) FROM orders WHERE state = 'PAID' AND channel = 'METRO_QR' AND paid_at = "
                  "created_at + INTERVAL 60 SECOND"),
              1);
    EXPECT_EQ(host_.number("SELECT on_hand FROM stock WHERE lot_id = 11"), 8);
    const auto ahead = rfc3339(now() + std::chrono::hours{1});
    EXPECT_EQ(host_.call_internal("POST", "/internal/v1/backfill", body(ahead), known).status, 422);
}

TEST_F(OrdersHttpTest, ShowsTheJournalNewestFirst) {
    for (int i = 0; i < 3; ++i) ASSERT_EQ(place(order(), "k" + std::to_string(i)).status, 201);
    const auto page = host_.call_as("operator", "GET", "/v1/stock/1/journal?limit=2").json();
    ASSERT_EQ(page.at("items").as_array().size(), 2U);
    EXPECT_EQ(page.at("items").at(0).at("kind").as_string(), "RESERVE");
    const std::string cursor{page.at("next").as_string()};
    const auto rest = host_.call_as("operator", "GET", "/v1/stock/1/journal?limit=2&cursor=" + cursor).json();
    ASSERT_EQ(rest.at("items").as_array().size(), 2U);
    EXPECT_EQ(rest.at("items").at(1).at("kind").as_string(), "RECEIPT");
    EXPECT_TRUE(rest.at("next").is_null());
    EXPECT_EQ(host_.call("GET", "/v1/stock/1/journal").status, 401);
}

}  // namespace
}  // namespace shanhai::orders
