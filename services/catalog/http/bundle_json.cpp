#include "catalog/http/bundle_json.hpp"

#include "catalog/domain/category.hpp"
#include "catalog/http/catalog_bodies.hpp"
#include "chassis/http/json.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <limits>

namespace shanhai::catalog {
namespace {

namespace json = boost::json;
using http::Fields;

constexpr auto id_max = std::numeric_limits<std::int64_t>::max();

json::object county_json(const Registry& registry, const CountyCode& code) {
    json::object body;
    body["county_code"] = code.text();
    if (const auto* county = registry.county(code)) body["short_name"] = county->short_name;
    return body;
}

/// What the catalogue in memory says of a part's product; null: it came a moment ago and is not there yet, or
/// is nothing for this reader.
const Product* product_of(const View& view, const Reader& reader, const BundleSku& sku) {
    const auto* const shown = view.product(sku.product);
    if (shown == nullptr) return nullptr;
    const auto* const product = shown->product.get();
    return view.facts->shown_to(reader, product->merchant, product->ever_listed) ? product : nullptr;
}

void describe(json::object& body, const View& view, const Reader& reader, const BundleComponent& component,
              const BundleSku& sku) {
    const auto* const product = product_of(view, reader, sku);
    if (product == nullptr) return;
    body["product_name"] = product->text.name;
    body["image"] = product->text.cover();
    body["return_policy"] = wire_name(product->text.return_policy);
    body["county"] = county_json(*view.facts, product->county);
    const auto found = std::ranges::find(product->skus, component.sku, &Sku::id);
    if (found == product->skus.end()) return;
    body["sku_name"] = found->name;
    body["net_content_g"] = found->net_content.count();
}

json::array components_json(const View& view, const ShownBundle& shown, const Reader& reader) {
    const auto& offer = shown.bundle.offer;
    const auto shares = share_out(offer.price, offer.parts(shown.skus));
    json::array parts;
    for (std::size_t i = 0; i < offer.components.size(); ++i) {
        const auto& component = offer.components[i];
        const auto& sku = shown.skus.at(component.sku);
        json::object part;
        part["sku_id"] = number(component.sku);
        part["product_id"] = number(sku.product);
        part["quantity"] = component.packs;
        part["price_fen"] = sku.price.count();
        part["quantity_max"] = sku.quantity_max;
        describe(part, view, reader, component, sku);
        if (shares) {
            Fen share;
            for (const auto& packs : (*shares)[i]) share += packs.price * packs.packs;
            part["share_fen"] = share.count();
        }
        parts.push_back(std::move(part));
    }
    return parts;
}

bool saleable(const View& view, const ShownBundle& shown, const Reader& reader, Instant at) {
    const auto& offer = shown.bundle.offer;
    if (!shown.bundle.listed || !share_out(offer.price, offer.parts(shown.skus))) return false;
    return std::ranges::all_of(shown.skus, [&](const auto& one) {
        const auto* const product = product_of(view, reader, one.second);
        return product != nullptr && view.facts->saleable(*product, at);
    });
}

std::string picture_of(const View& view, const ShownBundle& shown, const Reader& reader) {
    const auto& offer = shown.bundle.offer;
    if (offer.image) return *offer.image;
    const auto* const product = product_of(view, reader, shown.skus.at(offer.components.front().sku));
    return product == nullptr ? "/media/" + std::string{categories().front().picture} + ".svg"
                              : product->text.cover();
}

BundleOffer offer_of(Fields& fields) {
    BundleOffer offer;
    offer.name = fields.text("name", 1, 60);
    offer.summary = fields.text("summary", 1, 200, Lines::joined);
    offer.image = fields.optional_checked<std::string>("image", image_path);
    offer.price = Fen{fields.integer("price_fen", 1, line_fen_max.count())};
    for (auto& one : fields.objects("components", 1, bundle_components_max)) {
        const auto sku = static_cast<SkuId>(one.integer("sku_id", 1, id_max));
        offer.components.push_back({sku, one.integer("quantity", 1, bundle_component_packs_max)});
    }
    return offer;
}

}  // namespace

json::object json_of(const View& view, const ShownBundle& shown, const Reader& reader, Instant at) {
    const auto& [bundle, skus] = shown;
    json::object body;
    body["bundle_id"] = number(bundle.id);
    body["version"] = bundle.version;
    body["name"] = bundle.offer.name;
    body["summary"] = bundle.offer.summary;
    body["image"] = picture_of(view, shown, reader);
    body["own_image"] = bundle.offer.image ? json::value(*bundle.offer.image) : json::value(nullptr);
    json::object merchant;
    merchant["merchant_id"] = number(bundle.merchant);
    if (const auto* known = view.facts->merchant(bundle.merchant)) {
        merchant["name"] = known->name;
        merchant["self_operated"] = known->self_operated;
    }
    body["merchant"] = std::move(merchant);
    body["price_fen"] = bundle.offer.price.count();
    body["parts_fen"] = bought_apart(bundle.offer.parts(skus)).count();
    body["listed"] = bundle.listed;
    body["saleable"] = saleable(view, shown, reader, at);
    body["components"] = components_json(view, shown, reader);
    return body;
}

Result<Valid<NewBundle>> bundle_in(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    Fields fields{*body};
    const auto merchant = static_cast<MerchantId>(fields.integer("merchant_id", 1, id_max));
    auto offer = offer_of(fields);
    const bool listed = fields.boolean("listed", false);
    if (auto error = fields.complaints()) return *error;
    return Valid<NewBundle>::of({merchant, std::move(offer), listed});
}

Result<Valid<BundleOffer>> bundle_offer_in(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    auto fields = Fields::of_whole(*body);
    auto offer = offer_of(fields);
    if (auto error = fields.complaints()) return *error;
    return Valid<BundleOffer>::of(std::move(offer));
}

}  // namespace shanhai::catalog
