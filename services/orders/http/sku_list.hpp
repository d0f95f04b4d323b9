#pragma once

#include "vocabulary/ids.hpp"
#include "vocabulary/result.hpp"

#include <string_view>
#include <vector>

namespace shanhai::orders {

/// "1,2": ids of SKUs, each once, in their order.
Result<std::vector<SkuId>> sku_list(std::string_view text);

}  // namespace shanhai::orders
