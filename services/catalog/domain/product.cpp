#include "catalog/domain/product.hpp"

#include "catalog/domain/category.hpp"
#include "catalog/domain/net_content.hpp"
#include "chassis/security/crypto.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace shanhai::catalog {
namespace {

/// A name that law ties to a place (国家地理标志保护产品).
struct ProtectedName {
    std::string_view name;
    std::string_view area;
};
constexpr std::array protected_names{ProtectedName{"松江大米", "310117"}};
constexpr std::string_view pictures = "/pictures/";
constexpr std::string_view geo_indication_tag = "地理标志";

bool has_control_character(std::string_view text) {
    return std::ranges::any_of(text,
                               [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

std::optional<Error> return_policy_fault(const ProductText& text, const Category& category) {
    if (text.return_policy == ReturnPolicy::fresh_exempt && !category.perishable) {
        return invalid_field("/return_policy", "only perishable goods are exempt as fresh");
    }
    if (text.return_policy == ReturnPolicy::custom_exempt && !category.handmade) {
        return invalid_field("/return_policy", "only goods made to order are exempt as such");
    }
    return std::nullopt;
}

std::optional<Error> food_fault(const ProductText& text, const Category& category) {
    if (!text.shelf_life_days) return invalid_field("/shelf_life_days", "food has a shelf life");
    if (*text.shelf_life_days > category.shelf_life_days_max) {
        return invalid_field("/shelf_life_days", "goods of this category keep for " +
                                                     std::to_string(category.shelf_life_days_max) +
                                                     " days at most");
    }
    if (text.storage.empty()) return invalid_field("/storage", "food says how it is to be stored");
    return std::nullopt;
}

std::optional<Error> images_fault(const std::vector<std::string>& images) {
    if (images.size() > ProductText::images_max)
        return invalid_field("/images", "a product has 9 pictures at most");
    // Another size of a picture is the same picture.
    const auto same = [](const std::string& left, const std::string& right) {
        const auto digest = picture_in(left);
        return left == right || (digest && digest == picture_in(right));
    };
    for (auto one = images.begin(); one != images.end(); ++one) {
        if (std::find_if(images.begin(), one, [&](const auto& before) { return same(before, *one); }) == one)
            continue;
        return invalid_field("/images/" + std::to_string(one - images.begin()),
                             "this picture is there already");
    }
    return std::nullopt;
}

void line(std::string& out, std::string_view member, std::string_view value) {
    out.append(member).append("=").append(value).append("\n");
}

}  // namespace

std::string picture_address(std::string_view sha256, std::string_view form) {
    return std::string{pictures} + security::hex(sha256) + '/' + std::string{form};
}

std::optional<std::string> picture_in(std::string_view address) {
    constexpr std::size_t digits = 64;
    if (!address.starts_with(pictures)) return std::nullopt;
    address.remove_prefix(pictures.size());
    if (address.size() <= digits + 1 || address[digits] != '/') return std::nullopt;
    if (address.find('/', digits + 1) != address.npos) return std::nullopt;
    return security::from_hex(address.substr(0, digits));
}

std::optional<Error> ProductText::fault() const {
    const auto* const kind = find_category(category);
    if (kind == nullptr) return invalid_field("/category", "there is no such category");
    if (!kind->listable) {
        std::vector<FieldError> fields;
        fields.push_back({"/category", "goods of this category are never listed"});
        return Error{Failure::invalid, "category-not-listable", "goods of this category are never listed",
                     std::move(fields)};
    }
    if (kind->food) {
        if (auto fault = food_fault(*this, *kind)) return fault;
    }
    for (const auto* text : {&name, &summary, &description, &storage, &origin_statement}) {
        if (has_control_character(*text)) return invalid_field("", "a text holds no control characters");
    }
    if (auto fault = images_fault(images)) return fault;
    return return_policy_fault(*this, *kind);
}

std::string ProductText::cover() const {
    if (!images.empty()) return images.front();
    const auto* const kind = find_category(category);
    return kind == nullptr ? std::string{} : kind->image();
}

std::optional<Error> ProductText::fault_of_origin(const County& county) const {
    const bool names_it = origin_statement.find(county.name) != std::string::npos ||
                          origin_statement.find(county.short_name) != std::string::npos;
    if (!names_it) return invalid_field("/origin_statement", "the statement names the county of origin");
    if (std::ranges::find(tags, geo_indication_tag) == tags.end()) return std::nullopt;
    for (const auto& [protected_name, area] : protected_names) {
        if (name.find(protected_name) == std::string::npos || county.code.text() == area) continue;
        std::vector<FieldError> fields;
        fields.push_back({"/tags", "this product did not grow in the area of that protected name"});
        return Error{Failure::invalid, "geo-indication-elsewhere",
                     "a geographical indication belongs to goods that grew in its area", std::move(fields)};
    }
    return std::nullopt;
}

std::string ProductText::canonical(const CountyCode& county, MerchantId merchant) const {
    std::string out = "shanhai-product-text/1\n";
    line(out, "merchant_id", std::to_string(number(merchant)));
    line(out, "county_code", county.text());
    line(out, "name", name);
    for (const auto& alias : aliases) line(out, "alias", alias);
    line(out, "category", category);
    line(out, "summary", summary);
    line(out, "description", description);
    line(out, "storage", storage);
    if (shelf_life_days) line(out, "shelf_life_days", std::to_string(*shelf_life_days));
    line(out, "origin_statement", origin_statement);
    line(out, "return_policy", wire_name(return_policy));
    line(out, "purchase_mode", wire_name(purchase_mode));
    for (const auto& tag : tags) line(out, "tag", tag);
    for (const auto& image : images) line(out, "image", image);
    return out;
}

std::optional<Error> Sku::fault(const std::string& pointer,
                                const std::optional<std::int64_t>& shelf_life_days) const {
    if (const auto tradable = gtin.for_open_trade(); !tradable) {
        return invalid_field(pointer + "/gtin", tradable.error().message());
    }
    if (const auto told = weight_told(name); told && *told != net_content) {
        return invalid_field(pointer + "/net_content_g",
                             "the name tells of " + std::to_string(told->count()) + " g");
    }
    const bool never_sold = min_remaining_days > 0 && min_remaining_days >= shelf_life_days.value_or(0);
    if (!never_sold) return std::nullopt;
    return invalid_field(pointer + "/min_remaining_days", "the goods do not keep as long as that");
}

bool Sku::same_size_as(const Sku& other) const {
    return gtin == other.gtin && name == other.name && net_content == other.net_content &&
           price == other.price && quantity_max == other.quantity_max &&
           min_remaining_days == other.min_remaining_days;
}

std::optional<Error> Product::fault_of_becoming(const ProductText& next) const {
    if (is_food(next.category) != is_food(text.category)) {
        return invalid_field("/category", "what is food stays food, and nothing else becomes it");
    }
    for (const auto& sku : skus) {
        if (sku.min_remaining_days == 0 || sku.min_remaining_days < next.shelf_life_days.value_or(0))
            continue;
        return invalid_field("/shelf_life_days", "an SKU of this product is not sold with " +
                                                     std::to_string(sku.min_remaining_days) +
                                                     " days left or fewer");
    }
    return std::nullopt;
}

std::optional<Error> NewProduct::fault() const {
    if (auto found = text.fault()) return found;
    if (skus.empty() || skus.size() > skus_max) return invalid_field("/skus", "a product has 1 to 20 SKUs");
    std::set<Gtin> seen;
    for (std::size_t i = 0; i < skus.size(); ++i) {
        const auto pointer = "/skus/" + std::to_string(i);
        if (auto found = skus[i].fault(pointer, text.shelf_life_days)) return found;
        if (seen.insert(skus[i].gtin).second) continue;
        return invalid_field(pointer + "/gtin", "two SKUs have the same GTIN");
    }
    return std::nullopt;
}

bool Product::invented() const {
    static constexpr std::string_view demonstration = "0952";  // In a GTIN of 14 digits.
    return std::ranges::all_of(skus,
                               [](const Sku& sku) { return sku.gtin.text().starts_with(demonstration); });
}

namespace {

Fen price_at(const Product& product, const Sku& sku, Instant at) {
    if (sku.price_since <= at) return sku.price;
    const FormerPrice* then = nullptr;
    for (const auto& one : product.former_prices) {
        if (one.sku == sku.id && one.until > at && (then == nullptr || one.until < then->until)) then = &one;
    }
    return then == nullptr ? sku.price : then->price;
}

}  // namespace

Fen Product::least_price_at(Instant at) const {
    std::optional<Fen> of_then;
    std::optional<Fen> of_all;
    for (const auto& sku : skus) {
        const auto price = price_at(*this, sku, at);
        const bool came_later = sku.offered_since > at;
        if (!of_all || price < *of_all) of_all = price;
        if (!came_later && (!of_then || price < *of_then)) of_then = price;
    }
    return of_then ? *of_then : of_all.value_or(Fen{0});
}

bool Product::certified_at(Instant at) const {
    return std::ranges::any_of(certifications, [at](const Certification& one) { return one.valid_at(at); });
}

std::optional<Instant> Product::next_boundary(Instant at) const {
    std::optional<Instant> earliest;
    for (const auto& certification : certifications) {
        const auto boundary = certification.next_boundary(at);
        if (boundary && (!earliest || *boundary < *earliest)) earliest = boundary;
    }
    return earliest;
}

}  // namespace shanhai::catalog
