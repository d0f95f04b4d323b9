#pragma once

#include <string>
#include <string_view>

namespace shanhai::support {

/// The bytes of RFC 4648's base 32.
inline std::string from_base32(std::string_view text) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string bytes;
    unsigned buffer = 0;
    int bits = 0;
    for (const char c : text.substr(0, text.find('='))) {
        buffer = (buffer << 5U | static_cast<unsigned>(alphabet.find(c))) & 0xFFFFU;
        bits += 5;
        if (bits < 8) continue;
        bits -= 8;
        bytes += static_cast<char>(buffer >> static_cast<unsigned>(bits) & 0xFFU);
    }
    return bytes;
}

}  // namespace shanhai::support
