#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace shanhai::security {

/// Short URL-safe tokens that carry their own MAC: base64url(payload ‖ first `mac_bytes` bytes of
/// HMAC-SHA-256(key, purpose ‖ 0 ‖ payload)). `purpose` keeps tokens of different kinds apart.
class SignedTokens {
public:
    SignedTokens(std::string key, std::string purpose, std::size_t mac_bytes)
        : key_{std::move(key)}, purpose_{std::move(purpose)}, mac_bytes_{mac_bytes} {}

    std::string make(std::string_view payload) const;
    /// The payload, or nothing when the token was not made with this key and purpose.
    std::optional<std::string> read(std::string_view token) const;

private:
    std::string mac_of(std::string_view payload) const;

    std::string key_;
    std::string purpose_;
    std::size_t mac_bytes_;
};

}  // namespace shanhai::security
