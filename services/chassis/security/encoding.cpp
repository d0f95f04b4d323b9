#include "chassis/security/crypto.hpp"

#include <cstdint>

// Base64 and hexadecimal. The readers take one spelling of every value and refuse all others (stray
// characters, missing padding, bits left over), so that a token cannot be changed without being changed.
namespace shanhai::security {
namespace {

constexpr std::string_view standard_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view url_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view hex_alphabet = "0123456789abcdef";

using Values = std::array<std::int8_t, 256>;

constexpr std::size_t index_of(char letter) { return static_cast<unsigned char>(letter); }

constexpr Values values_of(std::string_view alphabet) {
    Values values{};
    values.fill(-1);
    for (std::size_t i = 0; i < alphabet.size(); ++i) {
        values[index_of(alphabet[i])] = static_cast<std::int8_t>(i);
    }
    return values;
}

constexpr Values values_of_hex() {
    Values values = values_of(hex_alphabet);
    for (std::size_t i = 10; i < 16; ++i) values[index_of("ABCDEF"[i - 10])] = static_cast<std::int8_t>(i);
    return values;
}

constexpr Values standard_values = values_of(standard_alphabet);
constexpr Values url_values = values_of(url_alphabet);
constexpr Values hex_values = values_of_hex();

std::string encode(std::string_view data, std::string_view alphabet) {
    std::string text;
    text.reserve((data.size() + 2) / 3 * 4);
    std::uint32_t bits = 0;
    int count = 0;  // Of bits not written yet.
    for (const char byte : data) {
        bits = (bits << 8) | static_cast<unsigned char>(byte);
        for (count += 8; count >= 6; count -= 6) text += alphabet[(bits >> (count - 6)) & 0x3F];
    }
    if (count > 0) text += alphabet[(bits << (6 - count)) & 0x3F];
    return text;
}

std::optional<std::string> decode(std::string_view text, const Values& values) {
    if (text.size() % 4 == 1) return std::nullopt;
    std::string data;
    data.reserve(text.size() * 3 / 4);
    std::uint32_t bits = 0;
    int count = 0;
    for (const char letter : text) {
        const auto value = values[index_of(letter)];
        if (value < 0) return std::nullopt;
        bits = (bits << 6) | static_cast<std::uint32_t>(value);
        count += 6;
        if (count < 8) continue;
        count -= 8;
        data += static_cast<char>((bits >> count) & 0xFF);
    }
    const auto left_over = bits & ((1U << count) - 1U);
    if (left_over != 0) return std::nullopt;
    return data;
}

}  // namespace

std::string base64(std::string_view data) {
    auto text = encode(data, standard_alphabet);
    while (text.size() % 4 != 0) text += '=';
    return text;
}

std::optional<std::string> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    for (int padding = 0; padding < 2 && text.ends_with('='); ++padding) text.remove_suffix(1);
    return decode(text, standard_values);
}

std::string base64url(std::string_view data) { return encode(data, url_alphabet); }

std::optional<std::string> from_base64url(std::string_view text) { return decode(text, url_values); }

std::string hex(std::string_view data) {
    std::string text;
    text.reserve(data.size() * 2);
    for (const char byte : data) {
        text += hex_alphabet[index_of(byte) >> 4];
        text += hex_alphabet[index_of(byte) & 0x0F];
    }
    return text;
}

std::optional<std::string> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return std::nullopt;
    std::string data;
    data.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = hex_values[index_of(text[i])];
        const int low = hex_values[index_of(text[i + 1])];
        if (high < 0 || low < 0) return std::nullopt;
        data += static_cast<char>(high * 16 + low);
    }
    return data;
}

}  // namespace shanhai::security
