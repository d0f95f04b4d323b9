#pragma once

#include "catalog/domain/catalog_store.hpp"
#include "chassis/http/message.hpp"

#include <boost/json/value.hpp>

namespace shanhai::catalog {

// Request bodies as things of the domain. Each fails with what read_json and Fields complain of, then
// with the thing's own fault().

/// The path of a picture of ours: no address elsewhere, which could change or follow visitors.
Result<std::string> image_path(std::string_view path);

Result<Valid<County>> county_in(const http::Request& request);
Result<Valid<Pairing>> pairing_in(const http::Request& request);
Result<Valid<Merchant>> merchant_in(const http::Request& request);
/// Nothing: it has none from now on.
Result<std::optional<ServicePhone>> service_phone_in(const http::Request& request);
Result<bool> active_in(const http::Request& request);

Result<Valid<NewProduct>> product_in(const http::Request& request);
Result<Valid<NewProduct>> product_from(const boost::json::value& body);
Result<Valid<ProductText>> product_text_in(const http::Request& request);
Result<Fen> price_in(const http::Request& request);
Result<Sku> sku_in(const http::Request& request);
Result<bool> listed_in(const http::Request& request);

}  // namespace shanhai::catalog
