#include "catalog/domain/bundle.hpp"

#include <set>

namespace shanhai::catalog {
namespace {

std::string member(std::size_t index, std::string_view name) {
    return "/components/" + std::to_string(index) + '/' + std::string{name};
}

Error price_fault(std::string code, std::string message) {
    std::vector<FieldError> fields;
    fields.push_back({"/price_fen", message});
    return Error{Failure::invalid, std::move(code), std::move(message), std::move(fields)};
}

std::optional<Error> component_fault(const BundleComponent& component, std::size_t index,
                                     const BundleSkus& skus, MerchantId merchant) {
    const auto known = skus.find(component.sku);
    const bool own = known != skus.end() && known->second.merchant == merchant;
    if (known == skus.end() || (!own && !known->second.ever_listed))
        return invalid_field(member(index, "sku_id"), "there is no such SKU");
    if (!own) {
        return invalid_field(member(index, "sku_id"), "this SKU is another merchant's");
    }
    if (component.packs <= known->second.quantity_max) return std::nullopt;
    return invalid_field(
        member(index, "quantity"),
        "an order may hold " + std::to_string(known->second.quantity_max) + " of this SKU at most");
}

}  // namespace

std::optional<Error> BundleOffer::fault() const {
    std::set<SkuId> seen;
    std::int64_t packs = 0;
    for (std::size_t i = 0; i < components.size(); ++i) {
        packs += components[i].packs;
        if (seen.insert(components[i].sku).second) continue;
        return invalid_field(member(i, "sku_id"), "this SKU is in the bundle already");
    }
    if (packs < 2) return invalid_field("/components", "a bundle holds two packs at least");
    return std::nullopt;
}

std::optional<Error> BundleOffer::fault_of_parts(const BundleSkus& skus, MerchantId merchant) const {
    for (std::size_t i = 0; i < components.size(); ++i) {
        if (auto fault = component_fault(components[i], i, skus, merchant)) return fault;
    }
    const auto shared = parts(skus);
    if (const auto apart = bought_apart(shared); price > apart) {
        return price_fault("bundle-dearer", "its parts cost " + std::to_string(apart.count()) +
                                                " fen by themselves; a bundle costs no more than that");
    }
    if (share_out(price, shared)) return std::nullopt;
    return price_fault("bundle-too-cheap", "shared over its parts, some pack would cost less than a fen");
}

std::vector<BundlePart> BundleOffer::parts(const BundleSkus& skus) const {
    std::vector<BundlePart> all;
    for (const auto& component : components) all.push_back({skus.at(component.sku).price, component.packs});
    return all;
}

}  // namespace shanhai::catalog
