#include "search/sample.hpp"

#include <boost/json/parse.hpp>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace shanhai::catalog {
namespace {

namespace json = boost::json;

std::string content_of(const std::string& file) {
    std::ifstream in{std::string{SHANHAI_SOURCE} + "/" + file};
    if (!in) throw std::runtime_error{"cannot read " + file};
    std::ostringstream text;
    text << in.rdbuf();
    return std::move(text).str();
}

std::string text_in(const json::object& object, const char* member) {
    const auto* const value = object.if_contains(member);
    return value == nullptr || !value->is_string() ? "" : std::string{value->as_string()};
}

std::vector<std::string> texts_in(const json::object& object, const char* member) {
    std::vector<std::string> texts;
    for (const auto& one : object.at(member).as_array()) texts.emplace_back(one.as_string());
    return texts;
}

void read_counties(Catalogue& catalogue) {
    auto rows = rows_of("data/sample/counties.csv");
    for (auto row = rows.begin() + 1; row != rows.end(); ++row) {
        const auto code = *CountyCode::parse(row->at(0));
        catalogue.counties.emplace(code, County{.code = code,
                                                .name = row->at(1),
                                                .short_name = row->at(2),
                                                .prefecture = row->at(3),
                                                .province = row->at(4),
                                                .former_codes = {}});
    }
}

void read_merchants(Catalogue& catalogue) {
    const auto all = json::parse(content_of("data/sample/merchants.json"));
    for (const auto& one : all.as_array()) {
        const auto id = static_cast<MerchantId>(catalogue.merchants.size() + 1);
        catalogue.merchants.emplace(
            id, Merchant{.id = id,
                         .name = text_in(one.as_object(), "name"),
                         .county = *CountyCode::parse(text_in(one.as_object(), "county_code")),
                         .uscc = std::nullopt,
                         .food_licence = std::nullopt,
                         .area_note = {}});
    }
}

MerchantId merchant_called(const Catalogue& catalogue, const std::string& name) {
    for (const auto& [id, merchant] : catalogue.merchants) {
        if (merchant.name == name) return id;
    }
    throw std::runtime_error{"no merchant is called " + name};
}

Product product_in(const json::object& object, const Catalogue& catalogue) {
    Product product{.id = static_cast<ProductId>(catalogue.products.size() + 1),
                    .merchant = merchant_called(catalogue, text_in(object, "merchant")),
                    .county = *CountyCode::parse(text_in(object, "county_code")),
                    .text = {},
                    .snapshot_hash = {},
                    .listed = object.at("listed").as_bool(),
                    .ever_listed = true,
                    .skus = {},
                    .certifications = {}};
    product.text.name = text_in(object, "name");
    product.text.aliases = texts_in(object, "alias");
    product.text.category = text_in(object, "category");
    product.text.summary = text_in(object, "summary");
    product.text.description = text_in(object, "description");
    product.text.tags = texts_in(object, "tags");
    for (const auto& one : object.at("skus").as_array()) {
        const auto& sku = one.as_object();
        const auto id = shanhai::number(product.id) * 100 + product.skus.size();
        product.skus.push_back(Sku{.id = static_cast<SkuId>(id),
                                   .gtin = *Gtin::parse(text_in(sku, "gtin")),
                                   .name = text_in(sku, "name"),
                                   .net_content = Gram{sku.at("net_content_g").as_int64()},
                                   .price = Fen{sku.at("price_fen").as_int64()}});
    }
    return product;
}

void read_certifications(Catalogue& catalogue) {
    auto rows = rows_of("data/sample/certifications.csv");
    for (auto row = rows.begin() + 1; row != rows.end(); ++row) {
        const auto gtin = *Gtin::parse(row->at(0));
        const auto year = 2026 + std::stoi(row->at(2));
        Certification one{
            .scheme = *SchemeCode::parse(row->at(1)), .authority = {}, .number = {}, .reason = {}};
        one.year = year;
        one.valid_from = Date{std::chrono::year{year} / 1 / 1};
        one.valid_to = Date{std::chrono::year{year + 1} / 1 / 1};
        one.state_since = one.recorded = start_of(one.valid_from);
        if (row->at(5) != "") {
            one.state = *from_wire_name<CertificationState>(row->at(5));
            one.state_since += std::chrono::days{60};
        }
        for (auto& [id, product] : catalogue.products) {
            for (const auto& sku : product.skus) {
                if (sku.gtin == gtin) product.certifications.push_back(one);
            }
        }
    }
}

}  // namespace

std::vector<std::vector<std::string>> rows_of(const std::string& file) {
    std::vector<std::vector<std::string>> rows;
    std::istringstream lines{content_of(file)};
    for (std::string line; std::getline(lines, line);) {
        std::vector<std::string> row{""};
        for (const char c : line) {
            if (c == ',') {
                row.emplace_back();
            } else {
                row.back() += c;
            }
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

/// As the service of certifications tells them.
void name_schemes(Catalogue& catalogue) {
    catalogue.schemes.emplace(*SchemeCode::parse("MINHANG_YOUPIN"), "闵行优品");
    catalogue.schemes.emplace(*SchemeCode::parse("BAIXIAN_BAIPIN"), "百县百品");
    catalogue.schemes.emplace(*SchemeCode::parse("COUNTY_RECOGNITION"), "县级认定");
}

Catalogue sample() {
    Catalogue catalogue;
    catalogue.revision = 1;
    name_schemes(catalogue);
    read_counties(catalogue);
    read_merchants(catalogue);
    const auto all = json::parse(content_of("data/sample/products.json"));
    for (const auto& one : all.as_array()) {
        auto product = product_in(one.as_object(), catalogue);
        const auto id = product.id;
        catalogue.products.emplace(id, std::move(product));
    }
    read_certifications(catalogue);
    return catalogue;
}

CatalogueNews whole(Catalogue catalogue) {
    CatalogueNews news;
    news.whole = true;
    news.read = std::move(catalogue);
    return news;
}

http::Response answered(const http::Router& router, std::string_view path, const std::string& query) {
    http::Request request;
    request.path = path;
    request.query = query;
    const auto match = router.match(request);
    return router.answer_now(match, request);
}

boost::json::value asked(const http::Router& router, std::string_view path, const std::string& query) {
    const auto response = answered(router, path, query);
    if (response.status != 200) throw std::runtime_error{query + ": " + std::string{response.content()}};
    return json::parse(response.content());
}

std::string escaped(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

}  // namespace shanhai::catalog
