#include "tools/backfill.hpp"

#include "chassis/security/secrets.hpp"
#include "tools/api.hpp"
#include "tools/refund.hpp"
#include "tools/sample_orders.hpp"

#include <array>
#include <boost/json/array.hpp>
#include <iostream>
#include <map>

namespace shanhai::tools {
namespace {

namespace json = boost::json;

constexpr std::size_t batch_size = 100;
constexpr std::size_t batches_between_words = 50;

std::string text_of(const json::object& object, std::string_view name) {
    return std::string{object.at(name).as_string()};
}
std::int64_t id_of(const json::object& object, std::string_view name) {
    return object.at(name).to_number<std::int64_t>();
}
Date day_of(const json::object& object, std::string_view name) { return *parse_date(text_of(object, name)); }

/// Cheap things sell more often than dear ones, and the thing on the train most of all.
std::int64_t popularity(std::int64_t price_fen, const std::string& product) {
    const auto plain = std::max<std::int64_t>(1, 40'000 / std::max<std::int64_t>(1000, price_fen));
    return product == "箬竹面" ? plain * 4 : plain;
}

std::vector<SampleGoods> goods_of(Api& api) {
    std::vector<SampleGoods> goods;
    for (const auto& product : api.all("/v1/products")) {
        std::vector<SampleGoods::Days> certified;
        for (const auto& one : product.at("certifications").as_array()) {
            const auto& certification = one.as_object();
            const auto state = text_of(certification, "state");
            // What is over or suspended by now was good before; what was revoked is left out.
            if (state == "REVOKED" || state == "WITHDRAWN") continue;
            certified.push_back({day_of(certification, "valid_from"), day_of(certification, "valid_to")});
        }
        for (const auto& value : product.at("skus").as_array()) {
            const auto& sku = value.as_object();
            const auto price = id_of(sku, "price_fen");
            goods.push_back({id_of(sku, "sku_id"), id_of(product, "product_id"), price,
                             id_of(sku, "quantity_max"), popularity(price, text_of(product, "name")),
                             certified});
        }
    }
    if (goods.empty())
        throw ToolError{"there is nothing to order: load the sample data first (shanhai seed)"};
    return goods;
}

std::vector<SamplePlacement> placements_of(Api& api) {
    std::map<std::int64_t, std::pair<Instant, Instant>> campaigns;
    for (const auto& one : api.all("/v1/campaigns")) {
        campaigns[id_of(one, "campaign_id")] = {*parse_rfc3339(text_of(one, "from")),
                                                *parse_rfc3339(text_of(one, "to"))};
    }
    std::vector<SamplePlacement> placements;
    for (const auto& listed : api.all("/v1/placements")) {
        Call call;
        call.method = "GET";
        call.path = "/v1/placements/" + std::to_string(id_of(listed, "placement_id"));
        call.row = "reading a placement";
        const auto one = api.send(call);
        const auto& [from, to] = campaigns[id_of(one, "campaign_id")];
        SamplePlacement placement{id_of(one, "placement_id"), text_of(one, "channel"), from, to, {}};
        for (const auto& item : one.at("playlist").as_array()) {
            placement.products.push_back(id_of(item.as_object(), "product_id"));
        }
        placements.push_back(std::move(placement));
    }
    return placements;
}

/// An invented person. Numbers begin with 199 0000: whoever they may belong to is never called.
json::object receiver_of(std::int64_t buyer) {
    static constexpr std::array<const char*, 12> surnames{"王", "李", "张", "刘", "陈", "杨",
                                                          "赵", "黄", "周", "吴", "徐", "孙"};
    static constexpr std::array<const char*, 8> names{"示例", "小明", "小红", "样本",
                                                      "小芳", "小强", "小华", "小丽"};
    static constexpr std::array<const char*, 6> streets{"闵行区七宝镇",   "松江区新城",   "青浦区夏阳街道",
                                                        "浦东新区张江镇", "嘉定区安亭镇", "静安区南京西路"};
    const auto n = static_cast<std::size_t>(buyer);
    auto digits = std::to_string(buyer % 10'000'000);
    digits.insert(0, 8 - digits.size(), '0');
    json::object receiver;
    receiver["name"] = std::string{surnames[n % surnames.size()]} + names[n / surnames.size() % names.size()];
    receiver["phone"] = "199" + digits;
    receiver["address"] = "上海市" + std::string{streets[n % streets.size()]} + "示例路" +
                          std::to_string(1 + n % 900) + "号" + std::to_string(1 + n % 30) + "0" +
                          std::to_string(1 + n % 4) + "室";
    return receiver;
}

json::object body_of(const SampleOrderPlan& plan) {
    json::array lines;
    for (const auto& line : plan.lines) {
        json::object one;
        one["sku_id"] = line.sku;
        one["quantity"] = line.quantity;
        lines.emplace_back(std::move(one));
    }
    json::object body;
    body["key"] = plan.key;
    body["at"] = rfc3339(plan.at);
    body["lines"] = std::move(lines);
    body["receiver"] = receiver_of(plan.buyer);
    body["paid_after_seconds"] = plan.paid_after_seconds;
    if (plan.placement != 0) body["placement_id"] = plan.placement;
    return body;
}

/// How a batch went: orders placed, placed before, and refused, by the refusal's code.
struct Tally {
    std::uint64_t placed = 0;
    std::uint64_t repeated = 0;
    std::map<std::string, std::uint64_t> refused;

    void count(const json::object& answer) {
        for (const auto& value : answer.at("orders").as_array()) {
            const auto& one = value.as_object();
            if (const auto* code = one.if_contains("code")) {
                ++refused[std::string{code->as_string()}];
            } else if (one.at("replayed").as_bool()) {
                ++repeated;
            } else {
                ++placed;
            }
        }
    }
    void say() const {
        std::cerr << "seed: " << placed << " orders placed and paid";
        if (repeated > 0) std::cerr << ", " << repeated << " were there already";
        for (const auto& [code, times] : refused) std::cerr << ", " << times << " refused: " << code;
        std::cerr << '\n';
    }
};

}  // namespace

void backfill(const config::Settings& settings, const SeedOptions& options) {
    const security::Secrets secrets{settings.secrets};
    Api api{settings.public_url};
    api.sign_in("operator", secrets.read("demo_password"));
    OrderMaker maker{goods_of(api), placements_of(api), shanghai_date(now()), options.random};
    const auto plans = maker.make(options.orders);

    Api internal{settings.internal_url};
    Tally tally;
    Call call;
    call.path = "/internal/v1/backfill";
    call.headers.emplace_back("Shanhai-Internal-Key", secrets.read("internal_backfill"));
    for (std::size_t begin = 0; begin < plans.size(); begin += batch_size) {
        const auto end = std::min(begin + batch_size, plans.size());
        json::array orders;
        for (auto i = begin; i < end; ++i) orders.emplace_back(body_of(plans[i]));
        call.body = {{"orders", std::move(orders)}};
        call.row = "sample orders " + std::to_string(begin + 1) + " to " + std::to_string(end);
        tally.count(internal.send(call));
        if (begin / batch_size % batches_between_words == batches_between_words - 1) tally.say();
    }
    tally.say();
    play_refund(settings, api);
}

}  // namespace shanhai::tools
