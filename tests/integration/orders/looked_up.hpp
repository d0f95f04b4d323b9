#pragma once

#include "integration/orders/http_fixture.hpp"

#include <set>

namespace shanhai::orders {

/// The shop of OrdersHttpTest with a second house: SKU 1 of merchant 5 (organisation 50), SKU 2 of merchant 6
/// (organisation 60), both with lots that were there a year ago, so that orders of the past can be made.
class LookedUpTest : public OrdersHttpTest {
protected:
    LookedUpTest() {
        host_.settings().backfill = true;
        host_.transact([](database::Session& session) {
            FactWriter writer{session};
            writer.save_merchant({MerchantId{5}, "大关县翠华合作社", OrganisationId{50}, true});
            writer.save_merchant({MerchantId{6}, "昌宁县某茶厂", OrganisationId{60}, true});
            writer.save(offer(1, 1, 1990));
            writer.save(offer(2, 1, 3000));
            writer.save(lot(13, 1));
            writer.save(lot(21, 2));
        });
        host_.run(make_service);
        stock(13);
        stock(21);
    }

    static Offer offer(std::uint64_t sku, std::int32_t version, std::int64_t price_fen,
                       std::optional<Instant> since = std::nullopt) {
        auto offer = Shop::offer(sku);
        auto terms = std::make_shared<OfferTerms>(*offer.terms);
        terms->merchant = MerchantId{4 + sku};
        terms->price = Fen{price_fen};
        terms->price_version = version;
        offer.terms = terms;
        offer.price_since = since;
        return offer;
    }
    static Lot lot(std::uint64_t id, std::uint64_t sku) {
        auto lot = Shop::lot(id, sku, 300);
        lot.production = shanghai_date(now()) - std::chrono::days{200};
        return lot;
    }
    void stock(std::uint64_t lot) {
        const auto answer = host_.call("POST", "/v1/stock/receipts",
                                       R"({"lot_id":)" + std::to_string(lot) + R"(,"quantity":5000})",
                                       {{"Idempotency-Key", "lot-" + std::to_string(lot)},
                                        {"Authorization", "Bearer " + staff("operator")},
                                        content()});
        ASSERT_EQ(answer.status, 201) << answer.body;
    }
    /// The offer as it is from now on.
    void learn(const Offer& offer) {
        host_.transact([&](database::Session& session) { FactWriter{session}.save(offer); });
        host_.run(make_service);
    }

    struct Bought {
        std::vector<int> skus;
        std::chrono::hours ago{0};
        std::string phone = "13812345678";
    };
    /// Paid orders of the past, one pack of each SKU; their numbers.
    std::vector<std::string> buy(const std::vector<Bought>& all) {
        json::array orders;
        for (const auto& one : all) {
            json::object order{{"key", "sample " + std::to_string(++bought_)},
                               {"at", rfc3339(std::chrono::floor<std::chrono::seconds>(now()) - one.ago -
                                              std::chrono::minutes{5})},
                               {"paid_after_seconds", 60}};
            json::array lines;
            for (const auto sku : one.skus) lines.push_back(json::object{{"sku_id", sku}, {"quantity", 1}});
            order["lines"] = std::move(lines);
            order["receiver"] = json::object{
                {"name", "张三丰"}, {"phone", one.phone}, {"address", "上海市闵行区沪闵路6258号3号楼502室"}};
            orders.push_back(std::move(order));
        }
        const auto answer = host_.call_internal(
            "POST", "/internal/v1/backfill", json::serialize(json::object{{"orders", std::move(orders)}}),
            {{"Shanhai-Internal-Key", host_.secrets().read("internal_backfill")}, content()});
        EXPECT_EQ(answer.status, 200) << answer.body;
        std::vector<std::string> numbers;
        const auto body = answer.json();
        for (const auto& made : body.at("orders").as_array()) {
            const auto* number = made.as_object().if_contains("order_number");
            EXPECT_NE(number, nullptr) << answer.body;
            if (number != nullptr) numbers.emplace_back(number->as_string());
        }
        return numbers;
    }

    support::Answer list(const std::string& query = "", const std::string& role = "operator",
                         std::uint64_t organisation = 0) {
        return host_.call_as(role, "GET", "/v1/orders" + query, "", organisation);
    }
    static std::vector<std::string> numbers_in(const support::Answer& answer) {
        EXPECT_EQ(answer.status, 200) << answer.body;
        std::vector<std::string> numbers;
        const auto body = answer.json();
        for (const auto& item : body.at("items").as_array())
            numbers.emplace_back(item.at("order_number").as_string());
        return numbers;
    }

    /// The parameter at fault.
    static std::string parameter(const support::Answer& answer) {
        EXPECT_EQ(answer.status, 422) << answer.body;
        return std::string{answer.json().at("errors").at(0).at("parameter").as_string()};
    }

    int bought_ = 0;
};

}  // namespace shanhai::orders
