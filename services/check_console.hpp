#pragma once

#include "chassis/config/settings.hpp"

namespace shanhai {

/// What `shanhai check` does: looks whether stock, orders, payments and refunds agree, and whether the ledger
/// is what its own bytes and our signature make it. Prints what does not agree, a line each. Only reads; the
/// services may run meanwhile. 0 when all agrees, 1 when something does not.
int check_everything(const config::Settings& settings);

}  // namespace shanhai
