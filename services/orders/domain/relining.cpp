#include "orders/domain/relining.hpp"

namespace shanhai::orders {

std::vector<Demand> demands_of(const std::vector<OrderLine>& lines) {
    std::vector<Demand> demands;
    for (const auto& line : lines) demands.push_back(Demand::of(*line.terms, line.quantity));
    return demands;
}

OrderLine drawn(const std::vector<OrderLine>& wanted, const Pick& pick, const Lot& lot, OrderLineId id) {
    auto line = wanted[pick.demand];
    line.id = id;
    line.lot = lot.id;
    line.lot_code = lot.code;
    line.county_code = lot.county_code;
    line.quantity = pick.quantity;
    return line;
}

}  // namespace shanhai::orders
