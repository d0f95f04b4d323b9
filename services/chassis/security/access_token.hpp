#pragma once

#include "chassis/security/principal.hpp"
#include "vocabulary/clock.hpp"
#include "vocabulary/result.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace shanhai::security {

/// Makes ES256 access tokens (RFC 7519; issuer "shanhai", 10 minutes). Only identity has one.
class TokenSigner {
public:
    /// `pem` is an EC P-256 private key (PKCS#8). Throws std::runtime_error on anything else.
    explicit TokenSigner(std::string_view pem);
    ~TokenSigner();

    std::string sign(const Principal& principal, Instant at, std::chrono::seconds life) const;
    const std::string& key_id() const;  ///< RFC 7638 thumbprint.
    std::string jwks() const;           ///< RFC 7517 key set with the public key.
    std::string public_pem() const;
    static std::string generate_pem();

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

/// Checks access tokens. Every service has one; it needs the public key only.
class TokenVerifier {
public:
    explicit TokenVerifier(std::string public_pem, const Clock& clock = machine_clock());
    ~TokenVerifier();

    /// Fails with 401 `token-missing`, `token-invalid` or `token-expired`. Accepts ES256 only.
    Result<Principal> verify(std::string_view token) const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace shanhai::security
