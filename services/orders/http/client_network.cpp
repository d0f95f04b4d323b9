#include "orders/http/client_network.hpp"

#include <algorithm>
#include <boost/asio/ip/address.hpp>

namespace shanhai::orders {

std::string client_network(std::string_view address) {
    boost::system::error_code error;
    auto parsed = boost::asio::ip::make_address(std::string{address}, error);
    if (error) return "unknown";
    if (parsed.is_v6() && parsed.to_v6().is_v4_mapped()) {
        parsed = boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, parsed.to_v6());
    }
    if (parsed.is_v4()) {
        auto bytes = parsed.to_v4().to_bytes();
        bytes[3] = 0;
        return boost::asio::ip::address_v4{bytes}.to_string() + "/24";
    }
    auto bytes = parsed.to_v6().to_bytes();
    std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
    return boost::asio::ip::address_v6{bytes}.to_string() + "/64";
}

}  // namespace shanhai::orders
