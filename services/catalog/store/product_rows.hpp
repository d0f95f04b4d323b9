#pragma once

#include "catalog/domain/merchant.hpp"
#include "catalog/domain/product.hpp"
#include "chassis/database/session.hpp"

#include <optional>

namespace shanhai::catalog {

// Rows of products, one or many at a time.

/// A product as it is when it is added, before its sizes.
Product first_version(const NewProduct& product, ProductId id);

/// An INSERT of versions, and one row of it.
database::Insert insert_versions();
void add_version_row(database::Insert& insert, const Product& product, Instant at, const Author& author);

/// 422 at `pointer` unless the picture is ours, or the author's house or the merchant's has handed it in.
std::optional<Error> fault_of_picture(database::Session& session, const std::string& image,
                                      std::string pointer, const Merchant& merchant, const Author& author);
/// The same of all that a product's text names.
std::optional<Error> fault_of_pictures(database::Session& session, const ProductText& text,
                                       const Merchant& merchant, const Author& author);

}  // namespace shanhai::catalog
