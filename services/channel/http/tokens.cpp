#include "channel/http/tokens.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace shanhai::channel {
namespace {

/// Appends the lowest `bytes` bytes of a number, the highest first.
void append_big_endian(std::string& out, std::uint64_t value, unsigned bytes) {
    for (unsigned i = bytes; i-- > 0;) out += static_cast<char>(value >> (8 * i) & 0xff);
}

std::uint64_t big_endian(std::string_view bytes) {
    std::uint64_t value = 0;
    for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
    return value;
}

/// The digits of base64url (RFC 4648, section 5).
constexpr auto is_url_safe = [] {
    std::array<std::uint8_t, 256> table{};
    for (const char c : std::string_view{"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"})
        table[static_cast<unsigned char>(c)] = 1;
    return table;
}();

struct Cached {
    std::uint32_t second = 0;
    std::string token;
};

constexpr std::size_t after_max = 8;  // Bytes behind a token that are none of it.

/// One thread's tokens of the current second.
struct Cache {
    static constexpr std::size_t placements_max = 4096;

    std::uint64_t owner = 0;
    std::unordered_map<std::uint64_t, Cached> tokens;
};

}  // namespace

Result<ScanToken> ScanToken::parse(std::string_view text) {
    // Scanners and chats take the full stop or the bracket behind an address for a part of it.
    const auto token = text.substr(0, length);
    const auto after = text.substr(token.size());
    unsigned good = token.size() == length ? 1 : 0;
    for (const char c : token) good &= is_url_safe[static_cast<unsigned char>(c)];  // No branch a byte.
    const auto url_safe = [](char c) { return is_url_safe[static_cast<unsigned char>(c)] != 0; };
    if (good != 0 && after.size() <= after_max && std::ranges::none_of(after, url_safe))
        return ScanToken{token};
    return invalid_field("", "a scan token is 22 letters, digits, - or _");
}

std::string ScanTokens::of(PlacementId placement) const {
    std::string payload;
    append_big_endian(payload, number(placement), 8);
    return tokens_.make(payload);
}

std::optional<PlacementId> ScanTokens::read(std::string_view token) const {
    const auto payload = tokens_.read(token);
    if (!payload || payload->size() != 8) return std::nullopt;
    return PlacementId{big_endian(*payload)};
}

const std::string& Attributions::at(PlacementId placement, Instant at) const {
    thread_local Cache cache;
    if (cache.owner != serial_ || cache.tokens.size() >= Cache::placements_max) {
        cache.owner = serial_;
        cache.tokens.clear();
    }
    const auto second =
        static_cast<std::uint32_t>(std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count());
    auto& cached = cache.tokens[number(placement)];
    if (cached.second != second || cached.token.empty()) cached = {second, make(placement, second)};
    return cached.token;
}

std::string Attributions::make(PlacementId placement, std::uint32_t second) const {
    std::string payload;
    append_big_endian(payload, number(placement), 8);
    append_big_endian(payload, second, 4);
    return tokens_.make(payload);
}

}  // namespace shanhai::channel
