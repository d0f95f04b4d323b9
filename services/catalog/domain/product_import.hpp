#pragma once

#include "catalog/domain/merchant.hpp"
#include "catalog/domain/place.hpp"
#include "catalog/domain/product.hpp"
#include "vocabulary/line_faults.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shanhai::catalog {

/// One line of a table of products: a product with one of its SKUs. Lines of one merchant and name are one
/// product.
struct ProductLine {
    std::size_t line = 0;
    NewProduct product;           ///< By itself without a fault.
    std::set<std::string> given;  ///< The columns that it fills.
};

/// The column that a pointer into the body of addProduct means: "/skus/0/price_fen" is price_yuan.
std::string product_column(std::string_view pointer);

/// What may offer what: 422 or 409 as Merchant and ProductText say, for a product that nobody has yet.
std::optional<Error> fault_of_new(const NewProduct& product, const Merchant* merchant, const County* county,
                                  const Author& author);
/// Whether the SKU would be new to the product; not when it has the same already. Fails with a fault of the
/// SKU, 409 `gtin-taken` when it has another of that GTIN, 409 `too-many-skus`.
Result<bool> adds_to(const Product& product, const Sku& sku);
Error gtin_taken(std::string pointer);

/// What is known of the things that the lines name.
struct ProductFacts {
    using Key = std::pair<MerchantId, std::string>;  ///< No merchant has two products of one name.

    std::map<MerchantId, Merchant> merchants;
    std::map<CountyCode, County> counties;
    std::map<Key, Product> products;
    std::map<Gtin, ProductId> gtins;  ///< Who carries them.
};

/// What a table adds: a new product, or SKUs to one that is there.
struct ProductAddition {
    std::optional<ProductId> known;
    NewProduct product;              ///< With the SKUs that are added.
    std::vector<std::size_t> lines;  ///< Of each SKU.
};

/// Decides what the lines add, under the rules of addProduct and addSku, and counts in `report`. A line of a
/// product that is there must say the same in the columns that it fills (`differs`, once for each that does
/// not: texts, prices and listing are changed at the product itself), and all lines of a new one the same in
/// every column; no GTIN comes twice (`line-repeated`).
std::vector<ProductAddition> decide_products(std::vector<ProductLine> lines, const ProductFacts& facts,
                                             const Author& author, ImportReport& report);

}  // namespace shanhai::catalog
