#include "orders/domain/holds.hpp"

#include <algorithm>
#include <charconv>

namespace shanhai::orders {
namespace {

constexpr std::int64_t networks_per_reserve = 2000;
constexpr std::int64_t network_packs_min = 10;  // Neighbours behind one address may all buy of a small shelf.

/// `percent` of `all`, rounded up.
std::int64_t share(std::int64_t all, std::int64_t percent) { return (all * percent + 99) / 100; }

bool reached(std::int64_t cap, std::int64_t count) { return cap > 0 && count >= cap; }

}  // namespace

std::int64_t shelf_reserve(const HoldCaps& caps, std::int64_t all) {
    return all - share(all, std::min<std::int64_t>(caps.shelf_percent, 100));
}

std::int64_t reserve_portion(std::int64_t reserve) {
    return std::max<std::int64_t>(1, reserve / networks_per_reserve);
}

std::optional<HoldLimit> shelf_limit(const HoldCaps& caps, const ShelfLevel& shelf, std::int64_t own,
                                     std::int64_t packs) {
    if (packs > shelf.available) return std::nullopt;
    const auto all = shelf.available + shelf.held;
    // A first order is bounded by the SKU's own cap; the share is for those who come again and again.
    const auto own_share = std::max(network_packs_min, share(all, caps.network_percent));
    if (own > 0 && caps.network_percent < 100 && own + packs > own_share) return HoldLimit::network_share;
    const auto reserve = shelf_reserve(caps, all);
    const bool in_reserve = shelf.held + packs > all - reserve;
    const bool first_and_small = own == 0 && packs <= reserve_portion(reserve);
    return in_reserve && reserve > 0 && !first_and_small ? std::optional{HoldLimit::shelf} : std::nullopt;
}

void HoldCounts::add(OrderId order, Hold hold) {
    const auto [at, fresh] = holds_.try_emplace(number(order), std::move(hold));
    if (fresh) count_in(at->second, 1);
}

void HoldCounts::remove(OrderId order) {
    const auto found = holds_.find(number(order));
    if (found == holds_.end()) return;
    count_in(found->second, -1);
    holds_.erase(found);
}

std::optional<HoldLimit> HoldCounts::limit(const HoldCaps& caps, const HoldPrincipals& by) const {
    if (reached(caps.orders_per_telephone, count(telephones_, by.telephone))) return HoldLimit::telephone;
    if (reached(caps.orders_per_address, count(addresses_, by.address))) return HoldLimit::address;
    if (reached(caps.orders_per_network, count(networks_, by.network))) return HoldLimit::network;
    return std::nullopt;
}

std::int64_t HoldCounts::packs(std::uint64_t network, SkuId sku) const {
    return count(shelves_, shelf_key(network, sku));
}

bool HoldCounts::knows(const HoldPrincipals& by) const {
    return count(telephones_, by.telephone) > 0 || count(addresses_, by.address) > 0;
}

void HoldCounts::count_in(const Hold& hold, std::int64_t sign) {
    change(telephones_, hold.by.telephone, sign);
    change(addresses_, hold.by.address, sign);
    change(networks_, hold.by.network, sign);
    for (const auto& [sku, packs] : hold.goods)
        change(shelves_, shelf_key(hold.by.network, sku), sign * packs);
}

void HoldCounts::change(Counts& counts, std::uint64_t key, std::int64_t by) {
    const auto at = counts.try_emplace(key, 0).first;
    at->second += by;
    if (at->second == 0) counts.erase(at);
}

std::int64_t HoldCounts::count(const Counts& counts, std::uint64_t key) {
    const auto found = counts.find(key);
    return found == counts.end() ? 0 : found->second;
}

/// Networks are hashes already: another bit pattern for each SKU is enough.
std::uint64_t HoldCounts::shelf_key(std::uint64_t network, SkuId sku) {
    return network ^ (number(sku) * 0x9E3779B97F4A7C15ULL);
}

std::string address_form(std::string_view address) {
    // U+3000 to U+3003 and U+3008 to U+3011 are blanks, commas and brackets; U+FF01 to U+FF5E is ASCII, wide.
    std::string form;
    for (std::size_t at = 0; at < address.size();) {
        const auto first = static_cast<unsigned char>(address[at]);
        const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        const auto text = address.substr(at, length);
        at += length;
        char plain = length == 1 ? text[0] : '\0';
        if (length == 3 && text.size() == 3 && first == 0xEF) {
            const auto wide = ((static_cast<unsigned>(text[1]) & 0x3FU) << 6U) +
                              (static_cast<unsigned>(text[2]) & 0x3FU) + 0xF000U;
            if (wide >= 0xFF01U && wide <= 0xFF5EU) plain = static_cast<char>(wide - 0xFEE0U);
        }
        if (plain != '\0') {
            if (plain >= 'A' && plain <= 'Z') plain = static_cast<char>(plain - 'A' + 'a');
            if ((plain >= 'a' && plain <= 'z') || (plain >= '0' && plain <= '9')) form += plain;
        } else if (length > 1 && !text.starts_with("\xE3\x80") && !text.starts_with("\xE2\x80")) {
            form += text;
        }
    }
    return form;
}

std::string goods_text(const std::vector<HeldPacks>& goods) {
    std::string text;
    for (const auto& [sku, packs] : goods) {
        if (!text.empty()) text += ' ';
        text += std::to_string(number(sku)) + ':' + std::to_string(packs);
    }
    return text;
}

std::vector<HeldPacks> goods_of(std::string_view text) {
    std::vector<HeldPacks> goods;
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at != end) {
        std::uint64_t sku = 0;
        std::int64_t packs = 0;
        const auto named = std::from_chars(at, end, sku);
        if (named.ec != std::errc{} || named.ptr == end || *named.ptr != ':') return {};
        const auto counted = std::from_chars(named.ptr + 1, end, packs);
        if (counted.ec != std::errc{}) return {};
        goods.push_back({SkuId{sku}, packs});
        at = counted.ptr;
        if (at != end && *at++ != ' ') return {};
    }
    return goods;
}

}  // namespace shanhai::orders
