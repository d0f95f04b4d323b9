#pragma once

#include "audit/domain/entry.hpp"

#include <string>
#include <vector>

namespace shanhai::audit {

/// A paid order on its way into the ledger: its lines as entries, and beside them what only this service's
/// own erasable tables may hold.
struct NewOrder {
    OrderId id{};
    std::string number;
    std::string buyer;  ///< Pseudonym of the month; empty when the order was erased before.
    std::vector<Sale> lines;
};

}  // namespace shanhai::audit
