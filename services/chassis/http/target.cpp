#include "chassis/http/target.hpp"

#include "chassis/http/message.hpp"

#include <algorithm>
#include <array>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <charconv>
#include <cstdint>

namespace shanhai::http {
namespace {

namespace urls = boost::urls;

using Table = std::array<std::uint8_t, 256>;  // 1: taken.

constexpr Table table_of(std::string_view others) {
    Table table{};
    for (int c = 0; c < 256; ++c) {
        table[static_cast<std::size_t>(c)] =
            ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) ? 1 : 0;
    }
    for (const char c : others) table[static_cast<unsigned char>(c)] = 1;
    return table;
}

/// No branch a byte: nearly every text does, to its end.
bool consists_of(std::string_view text, const Table& table) {
    unsigned all = 1;
    for (const char c : text) all &= table[static_cast<unsigned char>(c)];
    return all != 0;
}

/// Nearly every path we see; the others have their grammar looked up.
constexpr auto plain_in_path = table_of("/-._~");
/// RFC 3986's characters of a query, and those that browsers do not encode there (WHATWG URL, 1.3).
constexpr auto taken_in_query = table_of("/?-._~!$&'()*+,;=:@%[]{}|^`\\");

bool is_path(std::string_view path) {
    if (path.starts_with('/') && consists_of(path, plain_in_path)) return true;
    const auto parsed = urls::parse_origin_form(path);
    return parsed && !parsed->has_query();
}

bool is_authority(const urls::authority_view& authority) {
    std::uint16_t port = 1;  // Of an empty one; Boost.URL takes more digits than there are ports.
    if (const auto text = authority.port(); !text.empty()) {
        if (std::from_chars(text.data(), text.data() + text.size(), port).ec != std::errc{}) return false;
    }
    const bool port_fits = port != 0;
    return !authority.has_userinfo() && !authority.encoded_host().empty() && port_fits;
}

std::string_view view(urls::pct_string_view text) { return {text.data(), text.size()}; }

std::optional<Target> read_absolute(std::string_view text) {
    // Boost.URL asserts on what has nothing behind its scheme ("h:\\"), so no other scheme comes to it.
    const auto scheme = text.substr(0, std::min(text.find("://"), text.size()));
    if (!equal_without_case(scheme, "http") && !equal_without_case(scheme, "https")) return std::nullopt;
    const auto parsed = urls::parse_uri(text);
    if (!parsed) return std::nullopt;
    if (!parsed->has_authority() || parsed->has_fragment() || !is_authority(parsed->authority()))
        return std::nullopt;
    Target target;
    target.authority = view(parsed->encoded_authority());
    target.path = view(parsed->encoded_path());
    return target;
}

}  // namespace

std::optional<Target> read_target(std::string_view text) {
    if (text == "*") return Target{{}, text, {}};
    const auto question = std::min(text.find('?'), text.size());
    const auto query = text.substr(std::min(question + 1, text.size()));
    if (!consists_of(query, taken_in_query)) return std::nullopt;
    const auto before = text.substr(0, question);
    if (!before.starts_with('/')) {
        auto target = read_absolute(before);
        if (target) target->query = query;
        return target;
    }
    if (!is_path(before)) return std::nullopt;
    return Target{{}, before, query};
}

bool is_host(std::string_view text) {
    const auto parsed = urls::parse_authority(text);
    return parsed && is_authority(*parsed);
}

}  // namespace shanhai::http
