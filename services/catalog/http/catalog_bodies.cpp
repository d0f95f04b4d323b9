#include "catalog/http/catalog_bodies.hpp"

#include "catalog/domain/category.hpp"
#include "catalog/domain/drawing.hpp"
#include "chassis/http/json.hpp"

#include <algorithm>

namespace shanhai::catalog {
namespace {

using http::Fields;

constexpr std::size_t aliases_max = 20;
constexpr std::size_t former_codes_max = 10;
constexpr std::size_t tags_max = 20;

std::vector<CountyCode> former_codes(Fields& fields) {
    auto codes = fields.all_checked<CountyCode>("former_codes", 0, former_codes_max, CountyCode::parse);
    std::ranges::sort(codes);
    return codes;
}

Result<std::string> known_category(std::string_view code) {
    if (find_category(code) == nullptr) return invalid_field("", "there is no such category");
    return std::string{code};
}

/// A gallery, or, from who knows of none, the one picture that there is then. Both may be named, as we answer
/// both, when they say the same.
void read_images(Fields& fields, const boost::json::value& body, ProductText& text) {
    const auto* const object = body.if_object();
    const auto names = [object](const char* member) { return object != nullptr && object->contains(member); };
    if (names("image") && !names("images")) {
        if (auto image = fields.optional_checked<std::string>("image", image_path))
            text.images.push_back(std::move(*image));
        return;
    }
    text.images = fields.all_checked<std::string>("images", 0, ProductText::images_max, image_path);
    if (!names("image")) return;
    const auto image = fields.optional_checked<std::string>("image", image_path);
    const auto* const given = object->at("images").if_array();
    const bool complete = given == nullptr || given->size() == text.images.size();
    if (image && complete && *image != text.cover()) fields.complain("image", "is the first of images");
}

ProductText product_text(Fields& fields, const boost::json::value& body) {
    ProductText text;
    text.name = fields.text("name", 1, 60);
    text.aliases = fields.texts("alias", 0, aliases_max, 1, 60);
    text.category = fields.checked<std::string>("category", known_category).value_or("");
    text.summary = fields.text("summary", 1, 200, Lines::joined);
    text.description = fields.text("description", 1, 4000, Lines::joined);
    text.storage = fields.optional_text("storage", 0, 200, Lines::joined).value_or("");
    text.shelf_life_days = fields.optional_integer("shelf_life_days", 1, ProductText::shelf_life_days_max);
    text.origin_statement = fields.text("origin_statement", 1, 200, Lines::joined);
    text.return_policy = fields.choice<ReturnPolicy>("return_policy", from_wire_name<ReturnPolicy>);
    text.purchase_mode = fields.choice<PurchaseMode>("purchase_mode", from_wire_name<PurchaseMode>);
    text.tags = fields.texts("tags", 0, tags_max, 1, 30);
    read_images(fields, body, text);
    return text;
}

Sku sku(Fields& fields) {
    const auto gtin = fields.parsed<Gtin>("gtin");
    return {.id = {},
            .gtin = gtin.value_or(Gtin{}),
            .name = fields.text("name", 1, 60),
            .net_content = Gram{fields.integer("net_content_g", 1, 1'000'000)},
            .price = Fen{fields.integer("price_fen", 1, line_fen_max.count())},
            .price_version = 1,
            .quantity_max = fields.optional_integer("quantity_max", 1, quantity_max).value_or(99),
            .min_remaining_days =
                fields.optional_integer("min_remaining_days", 0, Sku::remaining_days_max).value_or(0)};
}

/// The fields of a body that makes something, or (PUT) replaces the whole of it.
Fields fields_of(const http::Request& request, const boost::json::value& body) {
    return request.method == http::Method::put ? Fields::of_whole(body) : Fields{body};
}

Result<bool> one_boolean(const http::Request& request, std::string_view name) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    Fields fields{*body};
    const bool value = fields.boolean(name);
    if (auto error = fields.complaints()) return *error;
    return value;
}

}  // namespace

Result<std::string> image_path(std::string_view path) {
    const bool of_category =
        std::ranges::any_of(categories(), [path](const Category& one) { return path == one.image(); });
    if (of_category || is_drawing(path) || picture_in(path)) return std::string{path};
    return invalid_field("",
                         "an image is a picture that was handed in, or a drawing that comes with the pages");
}

Result<Valid<County>> county_in(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    auto fields = fields_of(request, *body);
    const auto code = fields.parsed<CountyCode>("county_code");
    auto name = fields.text("name", 1, 40);
    auto short_name = fields.text("short_name", 1, 20);
    auto prefecture = fields.text("prefecture", 1, 40);
    auto province = fields.text("province", 1, 40);
    const bool assisted = fields.boolean("assisted", true);
    auto former = former_codes(fields);
    if (auto error = fields.complaints()) return *error;
    return Valid<County>::of({*code, std::move(name), std::move(short_name), std::move(prefecture),
                              std::move(province), assisted, std::move(former)});
}

Result<Valid<Pairing>> pairing_in(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    auto fields = fields_of(request, *body);
    const auto district = fields.parsed<AreaCode>("district_code");
    auto district_name = fields.text("district_name", 1, 40);
    const auto area = fields.parsed<AreaCode>("county_code");
    auto area_name = fields.text("county_name", 1, 40);
    const auto programme = fields.choice<Programme>("programme", from_wire_name<Programme>);
    const auto certainty = fields.choice<Certainty>("certainty", from_wire_name<Certainty>);
    const auto from = fields.optional_checked<Date>("valid_from", parse_date);
    const auto to = fields.optional_checked<Date>("valid_to", parse_date);
    auto note = fields.optional_text("note", 0, 200, Lines::joined).value_or("");
    if (auto error = fields.complaints()) return *error;
    return Valid<Pairing>::of({PairingId{}, *district, std::move(district_name), *area, std::move(area_name),
                               programme, certainty, from, to, std::move(note)});
}

Result<Valid<Merchant>> merchant_in(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    auto fields = fields_of(request, *body);
    auto name = fields.text("name", 1, 80);
    const auto kind = fields.choice<MerchantKind>("kind", from_wire_name<MerchantKind>);
    const auto county = fields.parsed<CountyCode>("county_code");
    const auto uscc = fields.optional_parsed<Uscc>("uscc");
    const auto licence = fields.optional_parsed<FoodLicence>("food_licence");
    constexpr auto id_max = std::numeric_limits<std::int64_t>::max();
    const auto organisation = fields.optional_integer("organisation_id", 1, id_max).value_or(0);
    const bool self_operated = fields.boolean("self_operated", false);
    const bool sample = fields.boolean("sample", false);
    auto area_note = fields.optional_text("area_note", 0, 200, Lines::joined).value_or("");
    auto phone = fields.optional_checked<ServicePhone>("service_phone", ServicePhone::parse);
    if (auto error = fields.complaints()) return *error;
    Merchant merchant{MerchantId{},
                      std::move(name),
                      kind,
                      *county,
                      uscc,
                      licence,
                      static_cast<OrganisationId>(organisation),
                      self_operated,
                      sample,
                      true,
                      std::move(area_note)};
    merchant.service_phone = std::move(phone);
    return Valid<Merchant>::of(std::move(merchant));
}

Result<std::optional<ServicePhone>> service_phone_in(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    auto fields = fields_of(request, *body);
    auto phone = fields.optional_checked<ServicePhone>("service_phone", ServicePhone::parse);
    if (auto error = fields.complaints()) return *error;
    return phone;
}

Result<bool> active_in(const http::Request& request) { return one_boolean(request, "active"); }

Result<Valid<NewProduct>> product_in(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    return product_from(*body);
}

Result<Valid<NewProduct>> product_from(const boost::json::value& body) {
    Fields fields{body};
    constexpr auto id_max = std::numeric_limits<std::int64_t>::max();
    const auto merchant = fields.integer("merchant_id", 1, id_max);
    const auto county = fields.parsed<CountyCode>("county_code");
    auto text = product_text(fields, body);
    std::vector<Sku> skus;
    for (auto& one : fields.objects("skus", 1, NewProduct::skus_max)) skus.push_back(sku(one));
    const bool listed = fields.boolean("listed", false);
    if (auto error = fields.complaints()) return *error;
    return Valid<NewProduct>::of(
        {static_cast<MerchantId>(merchant), *county, std::move(text), std::move(skus), listed});
}

Result<Valid<ProductText>> product_text_in(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    auto fields = Fields::of_whole(*body);  // A version is the whole text.
    auto text = product_text(fields, *body);
    if (auto error = fields.complaints()) return *error;
    return Valid<ProductText>::of(std::move(text));
}

Result<Fen> price_in(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    Fields fields{*body};
    const Fen price{fields.integer("price_fen", 1, line_fen_max.count())};
    if (auto error = fields.complaints()) return *error;
    return price;
}

Result<Sku> sku_in(const http::Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    Fields fields{*body};
    auto one = sku(fields);
    if (auto error = fields.complaints()) return *error;
    return one;
}

Result<bool> listed_in(const http::Request& request) { return one_boolean(request, "listed"); }

}  // namespace shanhai::catalog
