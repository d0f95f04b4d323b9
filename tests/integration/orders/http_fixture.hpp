#pragma once

#include "integration/orders/fixture.hpp"

#include "chassis/security/access_token.hpp"
#include "chassis/security/crypto.hpp"
#include "chassis/security/signed_token.hpp"
#include "support/service_host.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace shanhai::orders {

namespace json = boost::json;
using Headers = std::vector<std::pair<std::string, std::string>>;

/// The orders service as it is wired, with the shop of orders_fixture.hpp and ten packs of lot 11.
class OrdersHttpTest : public testing::Test {
protected:
    OrdersHttpTest() {
        host_.settings().catalogue_age_max_seconds = 10LL * 365 * 24 * 3600;  // There is no catalog here.
        host_.run(make_service);
        host_.transact([](database::Session& session) {
            FactWriter writer{session};
            for (const std::uint64_t sku : {1U, 3U}) writer.save(Shop::offer(sku, sku != 3));
            writer.save(Shop::lot(11, 1, 60));
            writer.save(Placement{PlacementId{7}, ChannelKind::metro_qr});
        });
        host_.run(make_service);  // Reads the facts at its start.
        receive("first", 10);
    }

    void receive(const std::string& key, int quantity) {
        const auto token = staff("operator");
        const auto answer =
            host_.call("POST", "/v1/stock/receipts",
                       R"({"lot_id":11,"note":"","quantity":)" + std::to_string(quantity) + "}",
                       {{"Idempotency-Key", key}, {"Authorization", "Bearer " + token}, content()});
        ASSERT_EQ(answer.status, 201) << answer.body;
    }
    std::string staff(const std::string& role) {
        const security::TokenSigner signer{host_.secrets().read("access_token_private")};
        return signer.sign({1, 0, "test", {role}}, now(), std::chrono::minutes{10});
    }
    static std::pair<std::string, std::string> content() { return {"Content-Type", "application/json"}; }

    static json::object order(int sku = 1, int quantity = 1) {
        return json::parse(R"({"lines":[{"sku_id":)" + std::to_string(sku) + R"(,"quantity":)" +
                           std::to_string(quantity) + R"(,"price_version":1}],"receiver":{"name":"张三丰",)" +
                           R"("phone":"138-1234-5678","region_code":"310112",)" +
                           R"("address":"上海市闵行区沪闵路6258号3号楼502室"}})")
            .as_object();
    }
    support::Answer place(const json::object& body, const std::string& key = "k") {
        return host_.call("POST", "/v1/orders", json::serialize(body), {{"Idempotency-Key", key}, content()});
    }
    std::string text(const support::Answer& answer, const char* member) {
        return std::string{answer.json().at(member).as_string()};
    }
    support::Answer pay(const support::Answer& placed) {
        return host_.call("POST", "/v1/orders/" + text(placed, "order_number") + "/payments",
                          R"({"provider":"sandbox"})",
                          {{"Order-Access-Token", text(placed, "access_token")}, content()});
    }
    support::Answer show(const support::Answer& placed) {
        return host_.call("GET", "/v1/orders/" + text(placed, "order_number"), "",
                          {{"Order-Access-Token", text(placed, "access_token")}});
    }
    bool becomes(const support::Answer& placed, const std::string& state) {
        return eventually([&] { return text(show(placed), "state") == state; });
    }
    std::string attribution(std::uint64_t placement, Instant at) {
        const auto seconds = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
        std::string payload;
        for (int shift = 56; shift >= 0; shift -= 8) payload += static_cast<char>(placement >> shift & 0xFFU);
        for (int shift = 24; shift >= 0; shift -= 8) payload += static_cast<char>(seconds >> shift & 0xFF);
        return security::SignedTokens{host_.secrets().key("attribution"), "attribution", 10}.make(payload);
    }

    support::ServiceHost host_{"orders"};
};

}  // namespace shanhai::orders
