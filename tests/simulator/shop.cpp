#include "simulator/shop.hpp"

#include "chassis/security/crypto.hpp"
#include "orders/store/bundle_rows.hpp"
#include "orders/store/fact_store.hpp"
#include "support/sample_goods.hpp"

namespace shanhai::simulator {
namespace {

using std::chrono::days;

constexpr std::uint64_t lots_of_sku = 2;

orders::Offer offer(std::uint64_t sku, Instant at, CertificationState state) {
    auto terms = support::sample_terms(sku);
    terms->price += Fen{static_cast<std::int64_t>(sku)};
    orders::Offer made{terms, true, {}};
    made.certifications.push_back(
        {CertificationId{1000 + sku}, at - days{300}, at + days{300}, state, at - days{1}});
    return made;
}

orders::Lot lot(std::uint64_t id, Instant at, bool saleable) {
    auto made = support::sample_lot(id, id / 10, shanghai_date(at), static_cast<int>(30 + id % 10));
    made.saleable = saleable;
    return made;
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
    orders::save_bundle(session,
                        {bundle, MerchantId{5}, 1, "礼盒", Fen{5000}, true, {{SkuId{1}, 2}, {SkuId{2}, 1}}});
}

void write_bad_news(database::Session& session, Instant at, std::uint64_t drawn) {
    orders::FactWriter writer{session};
    const auto all = lots();
    if (drawn % 8 == 0) {
        writer.save_merchant({MerchantId{5}, "大关县翠华合作社", OrganisationId{}, false});
    } else if (drawn % 8 < 3) {
        auto suspended = offer(1 + drawn % skus, at, CertificationState::suspended);
        suspended.certifications.front().state_since = at;
        writer.save(suspended);
    } else {
        writer.save(lot(number(all[drawn % all.size()]), at, false));
    }
}

orders::RequestKey key_of(const std::string& name, const std::string& body) {
    return {security::sha256(name), security::sha256(body)};
}

}  // namespace shanhai::simulator
