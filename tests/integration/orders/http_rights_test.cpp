#include "integration/orders/http_fixture.hpp"

namespace shanhai::orders {
namespace {

TEST_F(OrdersHttpTest, KeepsTheKeysOfGuestsApart) {
    const auto first = place(order(), "order-1");
    auto other = order();
    other["receiver"].as_object()["phone"] = "13912345678";
    const auto second = place(other, "order-1");
    ASSERT_EQ(first.status, 201);
    ASSERT_EQ(second.status, 201);
    EXPECT_NE(text(first, "order_number"), text(second, "order_number"));
    EXPECT_NE(text(first, "access_token"), text(second, "access_token"));
    EXPECT_EQ(second.header("Idempotent-Replayed"), "");
    EXPECT_EQ(place(other, "order-1").body, second.body);
}

TEST_F(OrdersHttpTest, ShowsAnOrderToItsBuyerAndTheStaffOnly) {
    const auto placed = place(order());
    const auto path = "/v1/orders/" + text(placed, "order_number");
    EXPECT_EQ(host_.call("GET", path).status, 404);
    EXPECT_EQ(host_.call("GET", path, "", {{"Order-Access-Token", "wrong"}}).status, 404);
    EXPECT_EQ(host_.call("POST", path + "/cancel").status, 404);
    EXPECT_EQ(host_.call_as("merchant", "GET", path).status, 403);
    EXPECT_EQ(host_.call_as("operator", "GET", path).status, 200);
    const auto receiver = show(placed).json().at("receiver");
    EXPECT_EQ(receiver.at("name").as_string(), "张*");
    EXPECT_EQ(receiver.at("phone").as_string(), "138******78");
    EXPECT_EQ(receiver.at("address").as_string(), "上海市闵行区沪闵路6258号***");
}

TEST_F(OrdersHttpTest, ReadingCancellingAndPayingAreThreeRights) {
    const auto placed = place(order());
    const auto key = text(placed, "access_token");
    const auto path = "/v1/orders/" + text(placed, "order_number");
    const auto status = [&](const std::string& role, const std::string& method, const std::string& target) {
        return host_.call_as(role, method, target, method == "POST" ? R"({"provider":"sandbox"})" : "")
            .status;
    };
    for (const std::string role : {"auditor", "operator"}) {
        EXPECT_EQ(status(role, "GET", path), 200) << role;
        EXPECT_EQ(status(role, "POST", path + "/payments"), 404) << role << " paid for somebody";
    }
    for (const std::string role : {"merchant", "certifier", "admin"}) {
        EXPECT_EQ(status(role, "GET", path), 403) << role;
    }
    for (const std::string role : {"auditor", "merchant", "certifier", "admin"}) {
        EXPECT_EQ(status(role, "POST", path + "/cancel"), 403) << role;
    }
    EXPECT_EQ(text(show(placed), "state"), "CREATED");
}

TEST_F(OrdersHttpTest, TellsTheKeyOnceAndTakesItFromAHeaderOnly) {
    const auto placed = place(order());
    EXPECT_EQ(placed.header("Cache-Control"), "no-store");
    const auto key = text(placed, "access_token");
    const auto path = "/v1/orders/" + text(placed, "order_number");
    EXPECT_EQ(host_.call("GET", path + "?access_token=" + key).status, 400);
    EXPECT_EQ(host_.call_as("operator", "GET", path).body.find(key), std::string::npos);
    EXPECT_EQ(host_.call_as("auditor", "GET", path).body.find(key), std::string::npos);
    EXPECT_EQ(show(placed).body.find(key), std::string::npos);
    EXPECT_EQ(pay(placed).body.find(key), std::string::npos);
}

TEST_F(OrdersHttpTest, RecordsWhoOfTheStaffCancelledAndWhy) {
    const auto placed = place(order());
    const auto path = "/v1/orders/" + text(placed, "order_number");
    EXPECT_EQ(host_.call_as("operator", "POST", path + "/cancel", "{}").pointer(), "/reason");
    EXPECT_EQ(host_.call_as("operator", "POST", path + "/cancel", R"({"reason":" "})").pointer(), "/reason");
    EXPECT_EQ(
        host_.call_as("operator", "POST", "/v1/orders/SH20260504012345678970/cancel", R"({"reason":"x"})")
            .status,
        404);
    EXPECT_EQ(text(show(placed), "state"), "CREATED");
    ASSERT_EQ(host_.call_as("operator", "POST", path + "/cancel", R"({"reason":"买家来电"})").status, 200);
    const auto seen = host_.call_as("auditor", "GET", path).json();
    EXPECT_EQ(seen.at("state").as_string(), "CANCELLED");
    const auto history = seen.at("history").as_array();
    ASSERT_EQ(history.size(), 1U);
    EXPECT_EQ(history.at(0).at("account_id").to_number<int>(), 1);
    EXPECT_EQ(history.at(0).at("reason").as_string(), "买家来电");
    EXPECT_TRUE(history.at(0).as_object().contains("done_at"));
    EXPECT_EQ(seen.at("channel"), "ONLINE");
    EXPECT_FALSE(show(placed).json().as_object().contains("channel")) << "the buyer knows the way";
    EXPECT_FALSE(show(placed).json().as_object().contains("history"))
        << "the staff's names are not for buyers";
}

TEST_F(OrdersHttpTest, CancelsAndGivesTheGoodsBack) {
    const auto placed = place(order(1, 4));
    (void)pay(placed);
    const auto path = "/v1/orders/" + text(placed, "order_number") + "/cancel";
    const auto cancelled =
        host_.call("POST", path, "", {{"Order-Access-Token", text(placed, "access_token")}});
    EXPECT_EQ(cancelled.status, 200) << cancelled.body;
    EXPECT_EQ(text(cancelled, "state"), "CANCELLED");
    EXPECT_EQ(host_.call("GET", "/v1/stock/1").json().at("available").as_int64(), 10);
    EXPECT_EQ(pay(placed).problem(), "order-not-payable");
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM outbox WHERE INSTR(frame, 'v1.OrderCancelled') > 0"), 1);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM outbox WHERE INSTR(frame, 'v1.OrderExpired') > 0"), 0);
}

TEST_F(OrdersHttpTest, LetsAShopperTryAgainAfterDeclining) {
    const auto placed = place(order());
    const auto first = text(pay(placed), "pay_url");
    (void)host_.call("POST", first.substr(first.find("/sandbox/")), "decision=decline");
    ASSERT_TRUE(eventually(
        [&] { return host_.number("SELECT COUNT(*) FROM payment_attempt WHERE state = 'FAILED'") == 1; }));
    EXPECT_EQ(text(show(placed), "state"), "CREATED");
    const auto second = text(pay(placed), "pay_url");
    EXPECT_NE(first, second);
    (void)host_.call("POST", second.substr(second.find("/sandbox/")), "decision=pay");
    EXPECT_TRUE(becomes(placed, "PAID"));
}

TEST_F(OrdersHttpTest, SaysWhatWasDecidedFirstAndLeadsOnWhoComesTooLate) {
    const support::Answer placed = place(order());
    const auto page_of = [&] {
        const auto url = text(pay(placed), "pay_url");
        return url.substr(url.find("/sandbox/"));
    };
    const auto declined = page_of();
    const auto back = "/o/" + text(placed, "order_number");
    EXPECT_EQ(host_.call("POST", declined, "decision=decline").header("Location"), back + "#declined");
    EXPECT_EQ(host_.call("POST", declined, "decision=pay").header("Location"), back + "#declined");
    EXPECT_NE(host_.call("GET", declined).body.find("href=\"" + back + "#declined\""), std::string::npos);
    ASSERT_TRUE(eventually(
        [&] { return host_.number("SELECT COUNT(*) FROM payment_attempt WHERE state = 'FAILED'") == 1; }));

    const auto closed = page_of();
    const auto key = text(placed, "access_token");
    const auto cancel = "/v1/orders/" + text(placed, "order_number") + "/cancel";
    ASSERT_EQ(host_.call("POST", cancel, {}, {{"Order-Access-Token", key}}).status, 200);
    EXPECT_EQ(host_.call("POST", closed, "decision=pay").problem(), "attempt-closed");
    const auto late = host_.call("POST", closed, "decision=pay", {{"Accept", "text/html,*/*;q=0.8"}});
    EXPECT_EQ(late.status, 303);
    EXPECT_EQ(late.header("Location"), closed);
}

TEST_F(OrdersHttpTest, RefusesAForgedNotification) {
    const auto stamp =
        std::to_string(std::chrono::floor<std::chrono::seconds>(now()).time_since_epoch().count());
    const auto answer = host_.call(
        "POST", "/v1/payments/notifications/sandbox", R"({"id":"x"})",
        {{"Shanhai-Timestamp", stamp}, {"Shanhai-Nonce", "n"}, {"Shanhai-Signature", "AAAA"}, content()});
    EXPECT_EQ(answer.status, 401);
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM payment_notification"), 0);
}

}  // namespace
}  // namespace shanhai::orders
