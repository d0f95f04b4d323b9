#pragma once

#include "catalog/domain/catalog_store.hpp"
#include "catalog/domain/catalogue.hpp"
#include "catalog/domain/category.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <string>

namespace shanhai::catalog {

// The catalog's things as the public sees them (proto/openapi/catalog.yaml). `at` decides what is
// valid now.

/// `listed`: how many of its products are.
boost::json::object json_of(const County& county, std::int64_t listed);
/// Its names in English and where its seat lies: for one county, not for lists of all that every page reads.
void describe_place(boost::json::object& body, const County& county);
boost::json::object json_of(const Pairing& pairing, Instant at);
boost::json::object json_of(const Merchant& merchant);
boost::json::object json_of(const Category& category);
boost::json::object json_of(const Registry& registry, const Product& product, Instant at);
/// With `names`: by which account, or null for invented goods that nobody wrote.
boost::json::object json_of(const TextVersion& version, bool names);
/// Null until the service of certifications has told it.
boost::json::value name_of_scheme(const Registry& registry, const SchemeCode& scheme);

/// "49.60元/千克" for people, rounded to the fen: prices compare by weight.
std::string unit_price_text(Fen price, Gram net_content);

}  // namespace shanhai::catalog
