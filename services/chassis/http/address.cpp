#include "chassis/http/address.hpp"

#include <algorithm>
#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/ip/address_v6.hpp>
#include <charconv>
#include <stdexcept>

namespace shanhai::http {
namespace {

namespace ip = boost::asio::ip;

constexpr std::size_t hops_max = 32;  // More proxies in a row than anybody has.

std::optional<ip::address> parsed(std::string_view text) {
    boost::system::error_code error;
    const auto address = ip::make_address(std::string{text}, error);
    return error ? std::nullopt : std::optional{plain_address(address)};
}

ip::address_v6 as_v6(const ip::address& address) {
    return address.is_v4() ? ip::make_address_v6(ip::v4_mapped, address.to_v4()) : address.to_v6();
}

/// "203.0.113.9", "203.0.113.9:4711", "2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:4711".
std::optional<ip::address> entry_of(std::string_view text) {
    text = trimmed(text);
    if (text.starts_with('[')) return parsed(text.substr(1, text.find(']') - 1));
    if (std::ranges::count(text, ':') == 1) text = text.substr(0, text.find(':'));
    return parsed(text);
}

/// The entries of all lines, the last one first, as many as are worth reading.
std::vector<std::string_view> entries_from_right(const Request& request) {
    std::vector<std::string_view> entries;
    for (auto line = request.headers.rbegin(); line != request.headers.rend(); ++line) {
        if (!equal_without_case(line->first, "X-Forwarded-For")) continue;
        for (auto rest = line->second; entries.size() < hops_max;) {
            const auto comma = rest.rfind(',');
            entries.push_back(comma == std::string_view::npos ? rest : rest.substr(comma + 1));
            if (comma == std::string_view::npos) break;
            rest = rest.substr(0, comma);
        }
    }
    return entries;
}

bool same_bits(const ip::address_v6::bytes_type& left, const ip::address_v6::bytes_type& right,
               unsigned bits) {
    for (unsigned i = 0; i < bits; i += 8) {
        const unsigned kept = std::min(8U, bits - i);
        const auto mask = static_cast<unsigned>(0xff00U >> kept) & 0xffU;
        if (((left[i / 8] ^ right[i / 8]) & mask) != 0) return false;
    }
    return true;
}

}  // namespace

ip::address plain_address(const ip::address& address) {
    if (address.is_v4()) return address;
    auto v6 = address.to_v6();
    if (v6.is_v4_mapped()) return ip::make_address_v4(ip::v4_mapped, v6);
    v6.scope_id(0);
    return v6;
}

std::uint64_t network_of(const ip::address& address) {
    const auto plain = plain_address(address);
    // A prefix of IPv6 that nobody is given stands for IPv4.
    if (plain.is_v4()) return 0xffff'0000'0000 | (plain.to_v4().to_uint() & 0xffff'ff00U);
    const auto bytes = plain.to_v6().to_bytes();
    std::uint64_t prefix = 0;
    for (std::size_t i = 0; i < 8; ++i) prefix = prefix << 8 | bytes[i];
    return prefix;
}

std::uint64_t network_of(std::string_view address) {
    const auto read = parsed(address);
    return read ? network_of(*read) : 0;
}

std::string subscriber_of(std::string_view address) {
    boost::system::error_code error;
    const auto parsed = ip::make_address(address, error);
    if (error) return std::string{address};
    const auto plain = plain_address(parsed);
    if (plain.is_v4()) return plain.to_string();
    auto bytes = plain.to_v6().to_bytes();
    std::fill(bytes.begin() + 8, bytes.end(), 0);
    return ip::address_v6{bytes}.to_string() + "/64";
}

Networks::Networks(const std::vector<std::string>& texts) {
    for (const auto& text : texts) {
        const auto slash = std::min(text.find('/'), text.size());
        const auto address = parsed(std::string_view{text}.substr(0, slash));
        if (!address) throw std::invalid_argument{text + " is neither an address nor a network"};
        const unsigned most = address->is_v4() ? 32 : 128;
        unsigned bits = most;
        if (slash < text.size()) {
            const auto* end = text.data() + text.size();
            const auto [stop, error] = std::from_chars(text.data() + slash + 1, end, bits);
            if (error != std::errc{} || stop != end || bits > most)
                throw std::invalid_argument{text + " is no network"};
        }
        ranges_.push_back({as_v6(*address).to_bytes(), 128 - most + bits});
    }
}

bool Networks::contains(const ip::address& address) const {
    if (ranges_.empty()) return false;
    const auto bytes = as_v6(plain_address(address)).to_bytes();
    return std::ranges::any_of(ranges_,
                               [&](const Range& range) { return same_bits(bytes, range.first, range.bits); });
}

ip::address client_of(const ip::address& peer, const Request& request, const Networks& proxies) {
    auto client = plain_address(peer);
    if (!proxies.contains(client)) return client;
    for (const auto entry : entries_from_right(request)) {
        const auto named = entry_of(entry);
        if (!named) return client;
        client = *named;
        if (!proxies.contains(client)) return client;
    }
    return client;
}

}  // namespace shanhai::http
