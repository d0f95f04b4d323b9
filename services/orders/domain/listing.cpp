#include "orders/domain/listing.hpp"

#include <algorithm>
#include <charconv>

namespace shanhai::orders {
namespace {

bool is_digit(char character) { return character >= '0' && character <= '9'; }

}  // namespace

Result<OrderNumberPart> OrderNumberPart::parse(std::string_view text) {
    if (text.size() == OrderNumber::length) {
        const auto whole = OrderNumber::parse(text);
        if (!whole) return whole.error();
        return OrderNumberPart{text};
    }
    const bool well_formed = text.starts_with("SH") && std::all_of(text.begin() + 2, text.end(), is_digit);
    if (!well_formed || text.size() < length_min || text.size() > OrderNumber::length)
        return invalid_field("", "must be an order number, or the first 14 characters of one at least");
    return OrderNumberPart{text};
}

std::string ListPosition::text() const {
    return std::to_string(unix_microseconds(created)) + ' ' + std::to_string(number(order));
}

std::optional<ListPosition> ListPosition::read(std::string_view text) {
    std::int64_t microseconds = 0;
    std::uint64_t order = 0;
    const auto* const end = text.data() + text.size();
    const auto first = std::from_chars(text.data(), end, microseconds);
    if (first.ec != std::errc{} || first.ptr == end || *first.ptr != ' ') return std::nullopt;
    const auto second = std::from_chars(first.ptr + 1, end, order);
    if (second.ec != std::errc{} || second.ptr != end) return std::nullopt;
    return ListPosition{instant_of(microseconds), OrderId{order}};
}

void ListedOrder::keep_lines_of(MerchantId merchant) {
    std::erase_if(order.lines, [&](const OrderLine& line) { return line.terms->merchant != merchant; });
    order.total = Fen{};
    for (const auto& line : order.lines) order.total = order.total + line.total();
}

}  // namespace shanhai::orders
