#include "orders/domain/receipts.hpp"

#include <algorithm>

namespace shanhai::orders {
namespace {

Error refused(Failure kind, std::string code, std::string_view pointer, std::string detail) {
    std::vector<FieldError> fields;
    fields.push_back({std::string{pointer}, detail});
    return Error{kind, std::move(code), std::move(detail), std::move(fields)};
}

Result<Done> may_add(const LotBalance& lot, std::int64_t packs, std::string_view pointer) {
    if (lot.blocked) {
        return refused(Failure::conflict, "lot-blocked", "/lot_id",
                       "the lot is blocked: nothing is added to it");
    }
    if (lot.on_hand + packs > on_hand_max) {
        return refused(Failure::invalid, "validation-failed", pointer,
                       "the lot would hold more than a thousand million packs");
    }
    if (!lot.made || lot.received + packs <= *lot.made) return Done{};
    const auto left = std::max<std::int64_t>(0, *lot.made - lot.received);
    return refused(Failure::invalid, "receipt-above-lot", pointer,
                   "the lot has " + std::to_string(*lot.made) + " packs, of which " + std::to_string(left) +
                       " have not been received yet");
}

}  // namespace

Result<Done> may_receive(const LotBalance& lot, std::int64_t packs) {
    return may_add(lot, packs, "/quantity");
}

Result<Done> may_correct(const LotBalance& lot, std::int64_t delta) {
    if (delta > 0) return may_add(lot, delta, "/delta");
    if (lot.on_hand + delta < 0) {
        return refused(Failure::invalid, "correction-above-stock", "/delta",
                       "only " + std::to_string(lot.on_hand) + " packs of this lot are in stock");
    }
    if (lot.on_hand + delta < lot.reserved) {
        return refused(Failure::conflict, "correction-below-reserved", "/delta",
                       std::to_string(lot.reserved) +
                           " packs of this lot are held by unpaid orders; block the lot, or try again when "
                           "they are over");
    }
    return Done{};
}

}  // namespace shanhai::orders
