#include "chassis/security/signed_token.hpp"

#include "chassis/security/crypto.hpp"

namespace shanhai::security {

std::string SignedTokens::make(std::string_view payload) const {
    return base64url(std::string{payload} + mac_of(payload));
}

std::optional<std::string> SignedTokens::read(std::string_view token) const {
    auto bytes = from_base64url(token);
    if (!bytes || bytes->size() < mac_bytes_) return std::nullopt;
    const auto payload_size = bytes->size() - mac_bytes_;
    const auto payload = std::string_view{*bytes}.substr(0, payload_size);
    const auto mac = std::string_view{*bytes}.substr(payload_size);
    if (!equal_in_constant_time(mac, mac_of(payload))) return std::nullopt;
    bytes->resize(payload_size);
    return bytes;
}

std::string SignedTokens::mac_of(std::string_view payload) const {
    std::string covered = purpose_;
    covered += '\0';  // So that ("ab", "c") and ("a", "bc") differ.
    covered += payload;
    return hmac_sha256(key_, covered).substr(0, mac_bytes_);
}

}  // namespace shanhai::security
