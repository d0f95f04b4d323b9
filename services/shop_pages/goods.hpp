#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <string_view>

/// What a first view says of goods: as the pages say it (services/web/src/shop), of what the catalogue
/// answers.
namespace shanhai::shop_pages {

std::string_view text_in(const boost::json::object& of, std::string_view member);
std::int64_t number_in(const boost::json::object& of, std::string_view member);

/// "¥1,280.50".
std::string money_text(std::int64_t fen);
/// What 500 g cost, in yuan; empty where goods are not sold by weight.
std::string price_per_500g(const boost::json::object& sku);
/// The SKU of which one pays least; null without any.
const boost::json::object* cheapest(const boost::json::object& product);

/// The first characters of a name: what stands where there is no picture.
std::string first_letters(std::string_view name, std::size_t letters);

/// The certification that tells most about whether goods may be sold, and how it stands: "valid", "expired" …
struct ShownCertification {
    const boost::json::object* certification = nullptr;
    std::string_view standing = "none";
};
ShownCertification shown_certification(const boost::json::object& product);
/// The last day on which it is valid.
std::string last_day(const boost::json::object& certification);

}  // namespace shanhai::shop_pages
