#include "orders/domain/brought.hpp"

#include <map>

namespace shanhai::orders {
namespace {

bool counts(const OrderLine& line, Instant paid, const OfferBook& book) {
    const auto* const offer = book.offer(line.terms->sku);
    return offer == nullptr ? line.certified_at_payment : offer->certification_at(paid).has_value();
}

}  // namespace

std::vector<Brought> brought_by(const Order& order, const OfferBook& book) {
    if (order.state != OrderState::paid || !order.paid) return {};
    std::map<std::string, Fen> counties;
    for (const auto& line : order.lines) {
        if (counts(line, *order.paid, book)) counties[line.county_code] += line.total();
    }
    std::vector<Brought> all;
    for (const auto& [county, amount] : counties) all.push_back({county, amount});
    return all;
}

}  // namespace shanhai::orders
