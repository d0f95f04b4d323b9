#pragma once

#include "chassis/config/settings.hpp"
#include "tools/api.hpp"

namespace shanhai::tools {

/// One order that was paid and given back, as it comes about: somebody orders and opens the page to pay, the
/// operator stops the merchant meanwhile, the payment arrives and is refunded, and the merchant sells on. Of
/// goods that nobody certifies now it takes none. Once a platform: what is there stays. `operator_api` is
/// signed in as an operator.
void play_refund(const config::Settings& settings, Api& operator_api);

}  // namespace shanhai::tools
