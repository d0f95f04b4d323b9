#pragma once

#include "chassis/database/pool.hpp"

#include <string>
#include <vector>

namespace shanhai::orders {

/// One place where two books that must agree do not.
struct Imbalance {
    std::string rule;   ///< Which rule is broken: "stock-is-journal".
    std::string where;  ///< "lot 12", "order 12".
};

/// Whether goods and money agree in everything that is written of them: stock, journal, lines, attempts,
/// refunds and holds. Each rule names a hundred places at most. With a pool of snapshots the services may run
/// meanwhile.
Result<std::vector<Imbalance>> check_books(database::Pool& pool);

}  // namespace shanhai::orders
