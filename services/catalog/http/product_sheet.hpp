#pragma once

#include "catalog/domain/product_import.hpp"
#include "catalog/http/view.hpp"
#include "chassis/sheets/table.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace shanhai::catalog {

/// The columns of a table of products, one SKU a line.
std::span<const sheets::Column> product_columns();

/// The lines that are without a fault by themselves; the others' faults go to `faults`.
std::vector<ProductLine> product_lines(const sheets::Table& table, LineFaults& faults);

/// The products that `author` may write for, or one merchant's of them, as such a table.
Result<std::string> product_table(const View& view, std::optional<MerchantId> merchant, const Author& author);

}  // namespace shanhai::catalog
