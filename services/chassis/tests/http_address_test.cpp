#include "chassis/http/address.hpp"

#include <gtest/gtest.h>
#include <stdexcept>

namespace shanhai::http {
namespace {

boost::asio::ip::address address(std::string_view text) {
    return boost::asio::ip::make_address(std::string{text});
}

TEST(Networks, HoldAddressesOfBothFamilies) {
    const Networks networks{{"127.0.0.1", "10.0.0.0/8", "192.168.6.0/23", "fd00::/8", "::1"}};
    for (const auto* inside :
         {"127.0.0.1", "10.255.0.1", "192.168.7.255", "fd12::9", "::1", "::ffff:10.1.2.3"}) {
        EXPECT_TRUE(networks.contains(address(inside))) << inside;
    }
    for (const auto* outside :
         {"127.0.0.2", "11.0.0.0", "192.168.8.0", "fe80::1", "::2", "::ffff:11.0.0.1"}) {
        EXPECT_FALSE(networks.contains(address(outside))) << outside;
    }
    EXPECT_TRUE(Networks{{"0.0.0.0/0"}}.contains(address("9.9.9.9")));
    EXPECT_FALSE(Networks{{"0.0.0.0/0"}}.contains(address("2001:db8::1")));
    EXPECT_FALSE(Networks{}.contains(address("127.0.0.1")));
}

TEST(Networks, AreRefusedWhenTheyAreNone) {
    for (const auto* bad :
         {"", "proxy", "10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/8x", "10.0.0/8", "/8"}) {
        EXPECT_THROW(Networks{{bad}}, std::invalid_argument) << bad;
    }
}

TEST(NetworkOf, PutsNeighboursTogether) {
    EXPECT_EQ(network_of("203.0.113.9"), network_of("203.0.113.250"));
    EXPECT_NE(network_of("203.0.113.9"), network_of("203.0.114.9"));
    EXPECT_EQ(network_of("::ffff:203.0.113.9"), network_of("203.0.113.9"));
    EXPECT_EQ(network_of("2001:db8:1:2::1"), network_of("2001:db8:1:2:ffff::9"));
    EXPECT_NE(network_of("2001:db8:1:2::1"), network_of("2001:db8:1:3::1"));
    EXPECT_EQ(network_of("nobody"), 0U);
    EXPECT_NE(network_of("0.0.0.0"), 0U);
}

TEST(SubscriberOf, IsTheAddressOrWhatOneSubscriberHas) {
    EXPECT_EQ(subscriber_of("203.0.113.9"), "203.0.113.9");
    EXPECT_EQ(subscriber_of("::ffff:203.0.113.9"), "203.0.113.9");
    EXPECT_EQ(subscriber_of("2001:db8:1:2::1"), "2001:db8:1:2::/64");
    EXPECT_EQ(subscriber_of("2001:db8:1:2:ffff::9"), subscriber_of("2001:db8:1:2::1"));
    EXPECT_NE(subscriber_of("2001:db8:1:3::1"), subscriber_of("2001:db8:1:2::1"));
    EXPECT_EQ(subscriber_of(""), "");
}

struct Hop {
    const char* peer;
    std::vector<std::string_view> forwarded;
    const char* client;
};

TEST(ClientOf, IsTheRightMostAddressThatIsNoProxyOfOurs) {
    const Networks proxies{{"127.0.0.1", "10.0.0.0/8", "fd00::/8"}};
    const Hop hops[] = {
        {"198.51.100.7", {"203.0.113.9"}, "198.51.100.7"},
        {"127.0.0.1", {}, "127.0.0.1"},
        {"127.0.0.1", {"203.0.113.9"}, "203.0.113.9"},
        {"127.0.0.1", {"1.1.1.1, 203.0.113.9"}, "203.0.113.9"},
        {"127.0.0.1", {"1.1.1.1, 203.0.113.9, 10.0.0.2"}, "203.0.113.9"},
        {"127.0.0.1", {"1.1.1.1", "203.0.113.9", "10.0.0.2,10.0.0.3"}, "203.0.113.9"},
        {"127.0.0.1", {"203.0.113.9:4711"}, "203.0.113.9"},
        {"127.0.0.1", {"[2001:db8::1]:4711"}, "2001:db8::1"},
        {"127.0.0.1", {"2001:db8::1"}, "2001:db8::1"},
        {"::ffff:127.0.0.1", {"::ffff:203.0.113.9"}, "203.0.113.9"},
        {"127.0.0.1", {"10.0.0.1, 10.0.0.2"}, "10.0.0.1"},
        // What a proxy of ours did not understand we do not believe.
        {"127.0.0.1", {"203.0.113.9, unknown"}, "127.0.0.1"},
        {"127.0.0.1", {"203.0.113.9, unknown, 10.0.0.2"}, "10.0.0.2"},
        {"127.0.0.1", {""}, "127.0.0.1"},
    };
    for (const auto& hop : hops) {
        Request request;
        for (const auto line : hop.forwarded) request.headers.emplace_back("x-forwarded-for", line);
        EXPECT_EQ(client_of(address(hop.peer), request, proxies).to_string(), hop.client)
            << hop.peer << ' ' << (hop.forwarded.empty() ? "" : hop.forwarded[0]);
    }
}

}  // namespace
}  // namespace shanhai::http
