#include "catalog/http/view.hpp"

#include "catalog/http/catalog_json.hpp"
#include "chassis/security/crypto.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <set>

namespace shanhai::catalog {
namespace {

/// How much of the body's hash a tag carries, in bytes.
constexpr std::size_t etag_hash_bytes = 8;

Shown rendered(const Registry& facts, std::shared_ptr<const Product> product, Instant at) {
    auto shown = std::make_shared<ShownProduct>();
    auto body = boost::json::serialize(json_of(facts, *product, at));
    shown->etag = etag_of(product->version, body);
    shown->body = std::make_shared<const std::string>(std::move(body));
    shown->certified = product->certified_at(at);
    shown->good_from = at;
    shown->good_until = product->next_boundary(at).value_or(Instant::max());
    shown->product = std::move(product);
    return shown;
}

template <class Thing>
bool same(const Thing* left, const Thing* right) {
    return left == right || (left != nullptr && right != nullptr && *left == *right);
}

bool same_surroundings(const Registry& left, const Registry& right, const Product& product) {
    return left.schemes == right.schemes && same(left.county(product.county), right.county(product.county)) &&
           same(left.merchant(product.merchant), right.merchant(product.merchant));
}

/// A county counts as changed also when a code that it had before leads to another one.
bool same_places(const Registry& left, const Registry& right) {
    return left.schemes == right.schemes && left.counties == right.counties &&
           left.present_codes == right.present_codes;
}

}  // namespace

std::string etag_of(int version, std::string_view body) {
    const auto hash = security::sha256(body).substr(0, etag_hash_bytes);
    return "\"v" + std::to_string(version) + "-" + security::hex(hash) + "\"";
}

const ShownProduct* View::product(ProductId id) const {
    const auto* const found = products_.find(number(id));
    return found == nullptr ? nullptr : found->get();
}

const ShownOrder& View::of_merchant(MerchantId id) const {
    static const ShownOrder nothing;
    const auto* const found = of_merchant_.find(number(id));
    return found == nullptr ? nothing : *found;
}

std::int64_t View::listed_of(const County& county) const {
    const auto found = listed_.find(county.code);
    return found == listed_.end() ? 0 : found->second;
}

View View::followed_by(CatalogueNews news, Instant at) const {
    View next = *this;
    next.revision = news.read.revision;
    next.take_registry(news);
    const auto around = next.with_other_surroundings(*this, news);
    if (news.whole) {
        products_.for_each([&](std::uint64_t id, const Shown&) { news.products.insert(ProductId{id}); });
    }
    auto touched = news.products;
    for (auto& [id, product] : news.read.products) {
        news.products.erase(id);
        touched.insert(id);
        next.show(std::make_shared<const Product>(std::move(product)), *facts, at);
    }
    for (const auto& shown : around) {
        // What was read anew is shown by now, among what is around it now.
        if (next.product(shown->product->id) == shown.get())
            next.put(rendered(*next.facts, shown->product, at));
    }
    for (const auto gone : news.products) next.remove(gone);
    next.index = index.followed_by(next.changes_since(*this, touched));
    if (news.whole || !next.good_at(at)) next.freshen(at);
    return next;
}

search::Changes View::changes_since(const View& before, const std::set<ProductId>& touched) const {
    search::Changes changes;
    for (const auto id : touched) {
        const auto* const old = before.product(id);
        const auto* const now = product(id);
        if (now == nullptr) {
            if (old != nullptr) changes.emplace_hint(changes.end(), id, nullptr);
        } else if (old == nullptr || *old->product != *now->product) {
            changes.emplace_hint(changes.end(), id, now->product);
        }
    }
    return changes;
}

void View::take_registry(CatalogueNews& news) {
    if (!news.whole && !news.places && news.merchants.empty()) return;
    auto next = news.whole ? Registry{} : *facts;
    if (news.whole || news.places) {
        next.counties = std::move(news.read.counties);
        next.present_codes = std::move(news.read.present_codes);
        next.pairings = std::move(news.read.pairings);
        next.schemes = std::move(news.read.schemes);
    }
    for (const auto merchant : news.merchants) next.merchants.erase(merchant);
    next.merchants.merge(news.read.merchants);
    facts = std::make_shared<const Registry>(std::move(next));
    names = std::make_shared<const search::KnownNames>(
        search::KnownNames::of(*facts, *names, news.whole || news.places));
}

std::vector<Shown> View::with_other_surroundings(const View& before, const CatalogueNews& news) const {
    std::vector<Shown> found;
    const auto look = [&](const Shown& shown) {
        if (!same_surroundings(*before.facts, *facts, *shown->product)) found.push_back(shown);
    };
    if (news.whole || (news.places && !same_places(*before.facts, *facts))) {
        std::ranges::for_each(order, look);
    } else {
        for (const auto merchant : news.merchants) std::ranges::for_each(of_merchant(merchant), look);
    }
    return found;
}

void View::show(std::shared_ptr<const Product> product, const Registry& before, Instant at) {
    const auto* const old = this->product(product->id);
    if (old != nullptr && old->good_at(at) && *old->product == *product &&
        same_surroundings(before, *facts, *product))
        return;
    // What is the same stays one: the index holds it, too.
    if (old != nullptr && *old->product == *product) product = old->product;
    put(rendered(*facts, std::move(product), at));
}

void View::put(Shown shown) {
    const auto id = shown->product->id;
    remove(id);
    good_from = std::max(good_from, shown->good_from);
    good_until = std::min(good_until, shown->good_until);
    order.put(shown);
    of_merchant_.change(number(shown->product->merchant)).put(shown);
    count(*shown, 1);
    products_.change(number(id)) = std::move(shown);
}

void View::remove(ProductId id) {
    const auto* const found = products_.find(number(id));
    if (found == nullptr) return;
    const auto shown = *found;
    const auto merchant = number(shown->product->merchant);
    order.erase(shown);
    auto& theirs = of_merchant_.change(merchant);
    theirs.erase(shown);
    if (theirs.empty()) of_merchant_.erase(merchant);
    count(*shown, -1);
    products_.erase(number(id));
}

void View::count(const ShownProduct& shown, std::int64_t change) {
    if (!shown.product->listed) return;
    const auto counted = listed_.try_emplace(shown.product->county, 0).first;
    counted->second += change;
    if (counted->second == 0) listed_.erase(counted);
}

void View::freshen(Instant at) {
    std::vector<Shown> stale;
    for (const auto& shown : order) {
        if (!shown->good_at(at)) stale.push_back(shown);
    }
    for (const auto& shown : stale) put(rendered(*facts, shown->product, at));
    good_from = Instant::min();
    good_until = Instant::max();
    for (const auto& shown : order) {
        good_from = std::max(good_from, shown->good_from);
        good_until = std::min(good_until, shown->good_until);
    }
}

}  // namespace shanhai::catalog
