#include "integration/orders/http_fixture.hpp"

#include "orders/store/bundle_rows.hpp"

namespace shanhai::orders {
namespace {

/// The shop of OrdersHttpTest with bundle 1: two packs of SKU 1 for 39.79, a fen less than they cost.
class BundlesHttpTest : public OrdersHttpTest {
protected:
    BundlesHttpTest() {
        host_.transact([](database::Session& session) {
            save_bundle(session, {BundleId{1}, MerchantId{5}, 1, "两袋装", Fen{3979}, true, {{SkuId{1}, 2}}});
        });
        host_.run(make_service);
    }
    static json::object with_line(std::string_view line) {
        auto body = order();
        body["lines"] = json::array{json::parse(line)};
        return body;
    }
};

TEST_F(BundlesHttpTest, AreNamedOnEachOfTheirLines) {
    const auto placed = place(with_line(R"({"bundle_id":1,"quantity":1,"bundle_version":1})"));
    ASSERT_EQ(placed.status, 201) << placed.body;
    const auto body = placed.json();
    EXPECT_EQ(body.at("total_fen").as_int64(), 3979);
    const auto& lines = body.at("lines").as_array();
    ASSERT_EQ(lines.size(), 2U);
    for (const auto& line : lines) {
        EXPECT_EQ(line.at("bundle_id").as_int64(), 1);
        EXPECT_EQ(line.at("bundle_name").as_string(), "两袋装");
    }
    EXPECT_EQ(lines[0].at("unit_price_fen").as_int64() + lines[1].at("unit_price_fen").as_int64(), 3979);
    const auto again = place(with_line(R"({"bundle_id":1,"quantity":1,"bundle_version":1})"));
    EXPECT_EQ(again.body, placed.body) << "a repetition gives the same bytes";
    EXPECT_EQ(show(placed).json().at("lines").at(0).at("bundle_name").as_string(), "两袋装");
    const auto single = place(order(), "single");
    EXPECT_FALSE(single.json().at("lines").at(0).as_object().contains("bundle_id"));
}

TEST_F(BundlesHttpTest, AreRefusedWithTheLineAndMemberAtFault) {
    struct Refusal {
        std::string_view line;
        int status;
        std::string_view code;
        std::string_view pointer;
    };
    const std::vector<Refusal> refusals{
        {R"({"bundle_id":9,"quantity":1,"bundle_version":1})", 422, "bundle-unknown", "/lines/0/bundle_id"},
        {R"({"bundle_id":1,"quantity":1,"bundle_version":2})", 409, "bundle-changed",
         "/lines/0/bundle_version"},
        {R"({"bundle_id":1,"quantity":26,"bundle_version":1})", 422, "quantity-above-cap",
         "/lines/0/quantity"},
        {R"({"bundle_id":1,"quantity":0,"bundle_version":1})", 422, "validation-failed", "/lines/0/quantity"},
        {R"({"bundle_id":1,"quantity":1})", 422, "validation-failed", "/lines/0/bundle_version"},
        {R"({"bundle_id":1,"sku_id":1,"quantity":1,"bundle_version":1})", 422, "validation-failed",
         "/lines/0/sku_id"},
        {R"({"quantity":1,"price_version":1})", 422, "validation-failed", "/lines/0/sku_id"}};
    int key = 0;
    for (const auto& refusal : refusals) {
        const auto answer = place(with_line(refusal.line), "r" + std::to_string(++key));
        EXPECT_EQ(answer.status, refusal.status) << answer.body;
        EXPECT_EQ(answer.problem(), refusal.code) << answer.body;
        EXPECT_EQ(answer.pointer(), refusal.pointer) << answer.body;
    }
    EXPECT_EQ(host_.number("SELECT COUNT(*) FROM order_line"), 0);
}

TEST_F(BundlesHttpTest, AreOneFaultWhereTheirIdIsNone) {
    int key = 0;
    for (const auto* id : {"0", "-1", "1.5", R"("1")", "true", "{}", "[]"}) {
        const auto line = R"({"bundle_id":)" + std::string{id} + R"(,"quantity":1,"bundle_version":1})";
        const auto answer = place(with_line(line), "w" + std::to_string(++key));
        EXPECT_EQ(answer.problem(), "validation-failed") << answer.body;
        ASSERT_EQ(answer.json().at("errors").as_array().size(), 1U) << answer.body;
        EXPECT_EQ(answer.pointer(), "/lines/0/bundle_id") << answer.body;
    }
    const auto single = R"({"bundle_id":null,"sku_id":1,"quantity":1,"price_version":1})";
    EXPECT_EQ(place(with_line(single), "null").status, 201) << "null is no bundle";
}

}  // namespace
}  // namespace shanhai::orders
