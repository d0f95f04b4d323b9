#include "catalog/http/showcase.hpp"

#include "catalog/http/catalog_json.hpp"
#include "chassis/observe/log.hpp"
#include "chassis/security/crypto.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <charconv>

namespace shanhai::catalog {
namespace {

/// How much of the body's hash a tag carries, in bytes.
constexpr std::size_t etag_hash_bytes = 8;

ShownProduct rendered(const Catalogue& facts, const Product& product, Instant at) {
    ShownProduct shown;
    shown.product = &product;
    auto body = boost::json::serialize(json_of(facts, product, at));
    shown.etag = etag_of(product.version, body);
    shown.body = std::make_shared<const std::string>(std::move(body));
    shown.search_text = facts.search_text(product);
    shown.certified = product.certified_at(at);
    shown.good_from = at;
    shown.good_until = product.next_boundary(at).value_or(Instant::max());
    return shown;
}

bool same(const County* left, const County* right) {
    return left != nullptr && right != nullptr && *left == *right;
}
bool same(const Merchant* left, const Merchant* right) {
    return left != nullptr && right != nullptr && *left == *right;
}

/// What was rendered before, if nothing that it shows has changed.
const ShownProduct* reusable(const View& before, const Catalogue& facts, const Product& product, Instant at) {
    const auto* const old = before.product(product.id);
    if (old == nullptr || !old->good_at(at) || *old->product != product) return nullptr;
    const bool around = same(before.facts->county(product.county), facts.county(product.county)) &&
                        same(before.facts->merchant(product.merchant), facts.merchant(product.merchant));
    return around ? old : nullptr;
}

bool shown_before(const ShownProduct* left, const ShownProduct* right) {
    if (left->certified != right->certified) return left->certified;
    return left->product->id < right->product->id;
}

View view_of(std::shared_ptr<const Catalogue> facts, const View& before, Instant at) {
    View view;
    view.facts = std::move(facts);
    for (const auto& [id, product] : view.facts->products) {
        const auto* const old = reusable(before, *view.facts, product, at);
        auto shown = old == nullptr ? rendered(*view.facts, product, at) : *old;
        shown.product = &product;
        view.good_from = std::max(view.good_from, shown.good_from);
        view.good_until = std::min(view.good_until, shown.good_until);
        view.products.emplace(id, std::move(shown));
    }
    for (const auto& [id, shown] : view.products) view.order.push_back(&shown);
    std::ranges::sort(view.order, shown_before);
    for (const auto* const shown : view.order) {
        view.of_merchant[shown->product->merchant].push_back(shown);
        if (shown->product->listed) ++view.listed[shown->product->county];
    }
    return view;
}

}  // namespace

const ShownProduct* View::product(ProductId id) const {
    const auto found = products.find(id);
    return found == products.end() ? nullptr : &found->second;
}

std::int64_t View::listed_of(const County& county) const {
    const auto found = listed.find(county.code);
    return found == listed.end() ? 0 : found->second;
}

std::string etag_of(int version, std::string_view body) {
    const auto hash = security::sha256(body).substr(0, etag_hash_bytes);
    return "\"v" + std::to_string(version) + "-" + security::hex(hash) + "\"";
}

std::optional<int> version_of_etag(std::string_view etag) {
    if (!etag.starts_with("\"v") || !etag.ends_with('"')) return std::nullopt;
    etag.remove_prefix(2);
    int version = 0;
    const auto [end, failure] = std::from_chars(etag.data(), etag.data() + etag.size(), version);
    if (failure != std::errc{} || *end != '-') return std::nullopt;
    return version;
}

void Showcase::show(Catalogue catalogue) {
    const std::lock_guard lock{mutex_};
    if (catalogue.revision < view_.get()->facts->revision) return;
    publish(std::make_shared<const Catalogue>(std::move(catalogue)), clock_.now());
}

void Showcase::tick() {
    const std::lock_guard lock{mutex_};
    const auto at = clock_.now();
    const auto before = view_.get();
    if (!before->good_at(at)) publish(before->facts, at);
}

void Showcase::publish(std::shared_ptr<const Catalogue> facts, Instant at) {
    const auto before = view_.get();
    view_.set(view_of(std::move(facts), *before, at));
}

boost::asio::awaitable<void> Showcase::refresh(CatalogStore& store) {
    auto loaded = co_await store.load();
    if (loaded) {
        show(std::move(*loaded));
    } else {
        observe::log_warning("catalogue-not-refreshed", loaded.error().message());
    }
}

}  // namespace shanhai::catalog
