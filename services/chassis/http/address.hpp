#pragma once

#include "chassis/http/message.hpp"

#include <boost/asio/ip/address.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shanhai::http {

/// An address as we compare and write it: IPv4 in IPv6's clothes (::ffff:1.2.3.4) is IPv4; no zone.
boost::asio::ip::address plain_address(const boost::asio::ip::address& address);

/// Who counts as one for limits: the /24 of an IPv4 address, the /64 of an IPv6 address. Neighbours share it,
/// since one subscriber easily has all of a /64, and a landlord all of a /24.
std::uint64_t network_of(const boost::asio::ip::address& address);
/// The same of a text; 0 when it is no address.
std::uint64_t network_of(std::string_view address);

/// Whose address it is, as a text: an IPv4 address as it stands, of an IPv6 address its /64
/// ("2001:db8::/64"), all of which one subscriber has. A text that is no address stays as it is.
std::string subscriber_of(std::string_view address);

/// Some addresses and networks: "127.0.0.1", "10.0.0.0/8", "fd00::/8".
class Networks {
public:
    Networks() = default;
    /// Throws std::invalid_argument, naming the first text that is neither an address nor a network.
    explicit Networks(const std::vector<std::string>& texts);

    bool contains(const boost::asio::ip::address& address) const;
    bool empty() const { return ranges_.empty(); }

private:
    /// All addresses as IPv6 (IPv4 mapped), so that one comparison does for both.
    struct Range {
        boost::asio::ip::address_v6::bytes_type first{};
        unsigned bits = 128;
    };
    std::vector<Range> ranges_;
};

/// Whose request it is that came from `peer`: the right-most address in the lines of X-Forwarded-For, read
/// from the right, that is not one of our proxies; what stands left of it anybody may have written. Entries
/// may have ports. Where an entry is no address, it is the proxy that sent it.
boost::asio::ip::address client_of(const boost::asio::ip::address& peer, const Request& request,
                                   const Networks& proxies);

}  // namespace shanhai::http
