#pragma once

#include "vocabulary/result.hpp"
#include "vocabulary/trade.hpp"

#include <vector>

namespace shanhai::identity {

/// The roles of one account: at least one, none twice, and none that would let somebody check their own work.
/// Merchant and operator may go together; certifier, auditor and admin each stand alone, since who certifies
/// does not sell, who audits changes nothing, and who manages accounts does nothing else. Fails with
/// Failure::invalid, pointing at /roles.
Result<std::vector<Role>> separate_duties(std::vector<Role> roles);

}  // namespace shanhai::identity
