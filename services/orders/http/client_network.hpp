#pragma once

#include <string>
#include <string_view>

namespace shanhai::orders {

/// The network that an address belongs to: "203.0.113.0/24", "2001:db8:1:2::/64". An IPv4 address written as
/// IPv6 is the IPv4 address; what is no address is the network "unknown".
std::string client_network(std::string_view address);

}  // namespace shanhai::orders
