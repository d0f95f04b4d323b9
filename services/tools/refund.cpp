#include "tools/refund.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <iostream>
#include <map>

namespace shanhai::tools {
namespace {

namespace json = boost::json;

/// The same order whenever it is played again.
constexpr auto key = "seed-refund";

std::string text_of(const json::object& object, std::string_view name) {
    return std::string{object.at(name).as_string()};
}
std::int64_t id_of(const json::object& object, std::string_view name) {
    return object.at(name).to_number<std::int64_t>();
}

/// What is ordered, of whom.
struct Goods {
    std::int64_t merchant = 0;
    std::int64_t sku = 0;
    std::int64_t price_version = 0;
};

/// Of the house with the fewest goods, so that stopping it for a moment stops little.
Goods goods_of_smallest(Api& api) {
    std::map<std::int64_t, std::vector<json::object>> by_merchant;
    for (auto& product : api.all("/v1/products")) {
        if (!product.at("certified_now").as_bool() || !product.at("saleable").as_bool()) continue;
        const auto merchant = id_of(product.at("merchant").as_object(), "merchant_id");
        by_merchant[merchant].push_back(std::move(product));
    }
    const auto smallest = std::ranges::min_element(
        by_merchant, {}, [](const auto& of_merchant) { return of_merchant.second.size(); });
    if (smallest == by_merchant.end()) throw ToolError{"nothing certified is on sale"};
    const auto& sku = smallest->second.front().at("skus").as_array().at(0).as_object();
    return {smallest->first, id_of(sku, "sku_id"), id_of(sku, "price_version")};
}

Call order_of(const Goods& goods) {
    json::object line{{"sku_id", goods.sku}, {"quantity", 1}, {"price_version", goods.price_version}};
    // Numbers begin with 199 0000: whoever they may belong to is never called.
    json::object receiver{{"name", "周示例"},
                          {"phone", "19900008801"},
                          {"region_code", "310112"},
                          {"address", "上海市闵行区七宝镇示例路18号302室"}};
    Call call;
    call.path = "/v1/orders";
    call.row = "an order to refund";
    call.body = {{"lines", json::array{std::move(line)}},
                 {"receiver", std::move(receiver)},
                 {"confirmed_no_return", true}};
    call.headers = {{"Idempotency-Key", key}};
    return call;
}

/// The merchant sells on whatever happens.
class Stopped {
public:
    Stopped(Api& api, std::int64_t merchant) : api_{api}, merchant_{merchant} { set(false); }
    ~Stopped() {
        try {
            set(true);
        } catch (const std::exception& failure) {
            std::cerr << "seed: merchant " << merchant_ << " is still stopped: " << failure.what() << '\n';
        }
    }
    Stopped(const Stopped&) = delete;
    Stopped& operator=(const Stopped&) = delete;

private:
    void set(bool active) {
        Call call;
        call.path = "/v1/merchants/" + std::to_string(merchant_) + "/active";
        call.body = {{"active", active}};
        call.row = active ? "letting a merchant sell on" : "stopping a merchant";
        api_.send(call);
    }

    Api& api_;
    std::int64_t merchant_;
};

void cancel(Api& shopper, const std::string& order, const std::pair<std::string, std::string>& access) {
    Call call;
    call.path = order + "/cancel";
    call.headers = {access};
    call.row = "cancelling the order to refund";
    shopper.send(call);
}

/// Asked for at a price that it never had, which orders nothing and tells whether it is for sale.
bool for_sale(Api& shopper, Goods goods) {
    goods.price_version += 1;
    auto probe = order_of(goods);
    probe.headers = {{"Idempotency-Key", std::string{key} + "-probe"}};
    return shopper.ask(probe).code != "not-for-sale";
}

}  // namespace

void play_refund(const config::Settings& settings, Api& operator_api) {
    Api shopper{settings.public_url};
    const auto goods = goods_of_smallest(operator_api);
    const auto answer = shopper.ask(order_of(goods));
    if (answer.code == "idempotency-key-reused") return;  // Played before, when other goods were chosen.
    if (!answer.good()) throw ToolError{"an order to refund: " + answer.code + ": " + answer.detail};
    const auto& placed = answer.body;
    const auto path = "/v1/orders/" + text_of(placed, "order_number");
    const std::pair<std::string, std::string> access{"Order-Access-Token", text_of(placed, "access_token")};
    const auto now = [&] {
        Call look;
        look.method = "GET";
        look.path = path;
        look.headers = {access};
        look.row = "reading the order to refund";
        return shopper.send(look);
    };
    if (text_of(now(), "state") != "CREATED") return;  // Played before.
    Call pay;
    pay.path = path + "/payments";
    pay.body = {{"provider", "sandbox"}};
    pay.headers = {access};
    pay.row = "paying for the order to refund";
    const auto attempt = shopper.ask(pay);
    if (!attempt.good()) return cancel(shopper, path, access);  // No sandbox here: nobody is made to pay.
    const auto page = text_of(attempt.body, "pay_url");
    {
        const Stopped stopped{operator_api, goods.merchant};
        Api::await([&] { return !for_sale(shopper, goods); }, "the shop sells nothing of a stopped merchant");
        shopper.submit(page.substr(page.find("/sandbox/")), "decision=pay");
        const auto given_back = [&] {
            const auto order = now();
            const auto& refunds = order.at("refunds").as_array();
            return !refunds.empty() && text_of(refunds.at(0).as_object(), "state") == "SUCCESS";
        };
        Api::await(given_back, "the payment is given back");
    }
    std::cerr << "seed: order " << text_of(placed, "order_number")
              << " was paid and refunded: " << settings.public_url << "/o/" << text_of(placed, "order_number")
              << "#k=" << access.second << '\n';
}

}  // namespace shanhai::tools
