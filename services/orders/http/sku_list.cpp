#include "orders/http/sku_list.hpp"

#include <charconv>
#include <set>

namespace shanhai::orders {
namespace {

constexpr std::size_t skus_at_once = 100;

}  // namespace

Result<std::vector<SkuId>> sku_list(std::string_view text) {
    const Error refused = invalid_field("", "must be ids of SKUs with commas between them, at most 100");
    std::set<SkuId> skus;
    while (true) {
        const auto end = text.find(',');
        const auto one = text.substr(0, end);
        std::int64_t id = 0;
        const auto [rest, fault] = std::from_chars(one.data(), one.data() + one.size(), id);
        if (fault != std::errc{} || one.front() == '0' || rest != one.data() + one.size() || id < 1)
            return refused;
        skus.insert(SkuId{static_cast<std::uint64_t>(id)});
        if (skus.size() > skus_at_once) return refused;
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    return std::vector<SkuId>{skus.begin(), skus.end()};
}

}  // namespace shanhai::orders
