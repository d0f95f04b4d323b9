#include "trace/domain/origin_card.hpp"

#include <set>
#include <tuple>
#include <utility>

namespace shanhai::trace {
namespace {

using Counties = std::map<CountyCode, KnownCounty>;
using Bases = std::map<BaseId, const Base*>;

KnownCounty county_of(const CountyCode& code, const Counties& counties) {
    const auto found = counties.find(code);
    return found == counties.end() ? KnownCounty{code, {}} : found->second;
}

/// The words as a Chinese list: "方竹笋、竹荪".
std::string enumerated(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : "、") + word;
    return text;
}

std::vector<OriginStep> steps_of(const Lot& lot, const Base& base) {
    std::vector<OriginStep> steps;
    using Kind = OriginStep::Kind;
    const auto& details = base.details;
    if (lot.harvest) {
        steps.push_back({Kind::harvested, lot.harvest, details.village, enumerated(details.product_words)});
    }
    steps.push_back({Kind::packed, lot.production, details.name, lot.code.text()});
    if (!lot.conformity_certificate_no.empty()) {
        steps.push_back(
            {Kind::conformity_committed, std::nullopt, details.name, lot.conformity_certificate_no});
    }
    if (!lot.test_report_no.empty()) {
        steps.push_back({Kind::tested, std::nullopt, {}, lot.test_report_no});
    }
    return steps;
}

OriginCard card_of(const Lot& lot, const Base& base, const Counties& counties) {
    return {lot.product, county_of(lot.county, counties), base, lot, steps_of(lot, base)};
}

bool newer(const Lot& left, const Lot& right) {
    return std::tie(left.production, left.id) > std::tie(right.production, right.id);
}

std::map<ProductId, const Lot*> newest_lots(const std::vector<Lot>& lots, Date today) {
    std::map<ProductId, const Lot*> newest;
    for (const auto& lot : lots) {
        if (!lot.sold_on(today)) continue;
        auto& best = newest[lot.product];
        if (best == nullptr || newer(lot, *best)) best = &lot;
    }
    return newest;
}

}  // namespace

OriginCards origin_cards(const OriginFacts& facts, Date today) {
    Counties counties;
    for (const auto& county : facts.counties) counties.emplace(county.code, county);
    Bases bases;
    for (const auto& base : facts.bases) bases.emplace(base.id, &base);

    OriginCards cards;
    for (const auto& lot : facts.lots) {
        cards.of_lot.emplace(lot.id, card_of(lot, *bases.at(lot.base), counties));
    }
    for (const auto& [product, lot] : newest_lots(facts.lots, today)) {
        cards.of_product.emplace(product, cards.of_lot.at(lot->id));
    }
    std::set<ProductId> listed;
    for (const auto& sku : facts.skus) {
        if (!sku.never_listed) listed.insert(sku.product);
    }
    for (const auto& sku : facts.skus) {
        const OriginCard bare{sku.product, county_of(sku.county, counties), {}, {}, {}};
        auto& card = cards.of_product.try_emplace(sku.product, bare).first->second;
        if (!listed.contains(sku.product)) card.never_listed_of = sku.merchant;
    }
    for (auto& [id, card] : cards.of_lot) {
        const auto product = cards.of_product.find(card.product);
        if (product != cards.of_product.end()) card.never_listed_of = product->second.never_listed_of;
    }
    cards.houses = facts.houses;
    return cards;
}

}  // namespace shanhai::trace
