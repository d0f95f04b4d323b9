#pragma once

#include "chassis/service/backbone.hpp"

#include <chrono>
#include <functional>

namespace shanhai::orders {

/// How old what we know is that decides whether goods may be sold: the offers, and the lots, of which one may
/// be blocked. To be asked when facts are learnt, from any thread.
std::function<std::chrono::milliseconds()> catalogue_age(const chassis::Backbone& backbone);

/// Adds that to /readyz: orders are refused on old offers, so it is worth knowing even before.
void report_catalogue(chassis::Backbone& backbone);

}  // namespace shanhai::orders
