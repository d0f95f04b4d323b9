#pragma once

#include <optional>
#include <string_view>

namespace shanhai::http {

/// The parts of a request's target (RFC 9112, section 3.2), as views into it.
struct Target {
    std::string_view authority;  ///< Of the absolute form; empty in the others.
    std::string_view path;   ///< Encoded; "*" of the asterisk form; empty where an absolute form has none.
    std::string_view query;  ///< Encoded, without the question mark.
};

/// Reads the origin form ("/p/7?a=1"), the absolute form ("http://shop/p/7") and "*"; nothing for anything
/// else, the authority form of tunnels included. In a path only what RFC 3986 knows is taken; a query may
/// hold what browsers leave as it is there ("a|b", "x[0]"), and a question mark or slash in it begins
/// nothing.
std::optional<Target> read_target(std::string_view target);

/// Whether this is a host with or without a port, and nothing else (RFC 9110, section 7.2).
bool is_host(std::string_view text);

}  // namespace shanhai::http
