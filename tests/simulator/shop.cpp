#include "simulator/shop.hpp"

#include "chassis/security/crypto.hpp"
#include "orders/store/fact_store.hpp"

namespace shanhai::simulator {
namespace {

using std::chrono::days;

constexpr std::uint64_t lots_of_sku = 2;

orders::Offer offer(std::uint64_t sku, Instant at, CertificationState state) {
    auto terms = std::make_shared<orders::OfferTerms>();
    terms->sku = SkuId{sku};
    terms->product = ProductId{100 + sku};
    terms->merchant = MerchantId{5};
    terms->product_name = "箬竹面";
    terms->sku_name = "500 克";
    terms->merchant_name = "大关县翠华合作社";
    terms->product_version = terms->price_version = 1;
    terms->snapshot_hash = std::string(32, '\x01');
    terms->price = Fen{1990 + static_cast<std::int64_t>(sku)};
    terms->net_content = Gram{500};
    terms->order_quantity_max = 50;
    orders::Offer made{terms, true, {}};
    made.certifications.push_back(
        {CertificationId{1000 + sku}, at - days{300}, at + days{300}, state, at - days{1}});
    return made;
}

orders::Lot lot(std::uint64_t id, Instant at, bool saleable) {
    const auto today = shanghai_date(at);
    return {LotId{id}, SkuId{id / 10},  "L" + std::to_string(id),
            "530624",  today - days{5}, today + days{static_cast<int>(30 + id % 10)},
            saleable};
}

}  // namespace

std::vector<LotId> lots() {
    std::vector<LotId> all;
    for (std::uint64_t sku = 1; sku <= skus; ++sku) {
        for (std::uint64_t one = 1; one <= lots_of_sku; ++one) all.push_back(LotId{10 * sku + one});
    }
    return all;
}

void write_goods(database::Session& session, Instant at) {
    orders::FactWriter writer{session};
    for (std::uint64_t sku = 1; sku <= skus; ++sku)
        writer.save(offer(sku, at, CertificationState::certified));
    for (const auto id : lots()) writer.save(lot(number(id), at, true));
}

void write_bad_news(database::Session& session, Instant at, std::uint64_t drawn) {
    orders::FactWriter writer{session};
    const auto all = lots();
    if (drawn % 8 == 0) {
        writer.save_merchant(MerchantId{5}, "大关县翠华合作社", false);
    } else if (drawn % 8 < 3) {
        auto suspended = offer(1 + drawn % skus, at, CertificationState::suspended);
        suspended.certifications.front().state_since = at;
        writer.save(suspended);
    } else {
        writer.save(lot(number(all[drawn % all.size()]), at, false));
    }
}

orders::Receiver receiver() {
    return {"张三丰", "13812345678", std::nullopt, "上海市闵行区沪闵路6258号3号楼502室"};
}

orders::RequestKey key_of(const std::string& name, const std::string& body) {
    return {security::sha256(name), security::sha256(body)};
}

}  // namespace shanhai::simulator
