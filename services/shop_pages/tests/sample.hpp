#pragma once

#include <boost/json/parse.hpp>
#include <string>

namespace shanhai::shop_pages::test {

/// As the catalogue answers it; `over` replaces members.
inline boost::json::object product(std::string_view over = "{}") {
    auto product = boost::json::parse(R"({
        "product_id": 7, "name": "箬竹面", "summary": "高山", "image": "/media/noodles.svg", "tags": ["一县一品"],
        "county": {"county_code": "530624", "name": "大关县", "short_name": "大关", "prefecture": "昭通市",
                   "province": "云南省"},
        "return_policy": "SEVEN_DAY", "listed": true, "saleable": true, "certified_now": true,
        "certifications": [{"scheme": "MINHANG_YOUPIN", "scheme_name": "闵行优品", "year": 2026, "authority": "闵行区", "number": "MH-1",
                            "valid_from": "2026-01-01", "valid_to": "2027-01-01", "state": "CERTIFIED",
                            "valid_now": true}],
        "skus": [{"sku_id": 71, "name": "500 克", "net_content_g": 500, "price_fen": 1280,
                  "unit_price_text": "25.60元/千克"}]})")
                       .as_object();
    const auto other = boost::json::parse(over);
    for (const auto& [name, value] : other.as_object()) product[name] = value;
    return product;
}

/// A drawing with every hole, small.
inline const std::string drawn = R"({
    "frame": "<div>{{page}}</div>", "schemes": {"MINHANG_YOUPIN": "闵行优品"},
    "pages": {
        "list": {"head": "<style>l</style>", "variants": {"list": "{{season}}{{chips}}<ul>{{cards}}</ul>{{found}}"},
                 "pieces": {"chip": "[{{category}}:{{category_name}}]", "season": "[now]",
                            "picture valid by_weight": "<li>{{id}} {{name}} {{price}} {{per_500g}} {{county}} {{scheme}} <img src=\"{{image}}\" {{loading}}></li>",
                            "letters none unpriced": "<li>{{letter}}</li>"}},
        "product": {"head": "", "variants": {"picture by_weight numbered SEVEN_DAY":
                    "{{name}}|{{price}}|{{size}}|{{tags}}|{{scheme}}|{{until}}|{{number}}{{helped}}"},
                    "pieces": {"tag": "<i>{{tag}}</i>", "helped": "|{{households}} by {{scheme}} {{year}}",
                               "helped_people": "|{{households}} with {{people}}, {{number}}"}},
        "bundle": {"head": "", "variants": {"cheaper named": "{{name}}|{{price}}|{{parts_price}}|{{saving}}|{{merchant}}"}}}})";

}  // namespace shanhai::shop_pages::test
