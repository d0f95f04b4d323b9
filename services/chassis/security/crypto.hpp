#pragma once

#include "vocabulary/result.hpp"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace shanhai::security {

/// 32 bytes, as a binary string.
std::string sha256(std::string_view data);
std::string hmac_sha256(std::string_view key, std::string_view data);
/// From the operating system's generator.
std::string random_bytes(std::size_t count);
/// Compares in a time that does not tell where they differ.
bool equal_in_constant_time(std::string_view left, std::string_view right);

std::string base64(std::string_view data);
std::optional<std::string> from_base64(std::string_view text);
std::string base64url(std::string_view data);  ///< Without padding (RFC 4648, section 5).
std::optional<std::string> from_base64url(std::string_view text);
std::string hex(std::string_view data);
std::optional<std::string> from_hex(std::string_view text);

/// AES-256-GCM. The result is nonce (12 bytes) ‖ ciphertext ‖ tag (16 bytes); key is 32 bytes.
std::string seal(std::string_view key, std::string_view plain, std::string_view associated);
/// Nothing when the key, the associated data or a single bit differs.
std::optional<std::string> open(std::string_view key, std::string_view sealed, std::string_view associated);

/// Argon2id with OWASP's parameters (19 MiB, two passes, one lane), as a PHC string: RFC 9106's 64 MiB would
/// not fit our memory bar under load. Slow on purpose (tens of milliseconds): call it on a pool.
std::string hash_password(std::string_view password);
/// As slow as hashing. False for a hash that cannot be read. Throws std::runtime_error when there is no
/// memory to look at the password.
bool password_matches(std::string_view hash, std::string_view password);

/// An Ed25519 key pair for signing checkpoints; the private key is a PEM file (PKCS#8).
class Ed25519Key {
public:
    static Result<Ed25519Key> from_pem(std::string_view pem);
    static std::string generate_pem();
    std::string sign(std::string_view message) const;  ///< 64 bytes.
    std::string public_key() const;                    ///< 32 bytes.
    static bool verify(std::string_view public_key, std::string_view message, std::string_view signature);

    ~Ed25519Key();
    Ed25519Key(Ed25519Key&&) noexcept;
    Ed25519Key& operator=(Ed25519Key&&) noexcept;

private:
    class Impl;
    explicit Ed25519Key(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace shanhai::security
