#pragma once

#include "chassis/http/message.hpp"
#include "vocabulary/result.hpp"
#include "vocabulary/time.hpp"

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace shanhai::security {

/// Who asks, as the access token says.
struct Principal {
    std::uint64_t account = 0;
    std::uint64_t organisation = 0;  ///< 0: none.
    std::string name;
    std::vector<std::string> roles;  ///< "merchant", "certifier", "operator", "auditor", "admin".

    bool has(std::string_view role) const;
};

/// Makes ES256 access tokens (RFC 7519; issuer "shanhai", 10 minutes). Only identity has one.
class TokenSigner {
public:
    /// `pem` is an EC P-256 private key (PKCS#8). Throws std::runtime_error on anything else.
    explicit TokenSigner(std::string pem);
    std::string sign(const Principal& principal, Instant at, std::chrono::seconds life) const;
    const std::string& key_id() const { return key_id_; }
    std::string jwks() const;  ///< RFC 7517 key set with the public key.
    std::string public_pem() const;
    static std::string generate_pem();

private:
    std::string pem_;
    std::string key_id_;  // RFC 7638 thumbprint.
};

/// Checks access tokens. Every service has one; it needs the public key only.
class TokenVerifier {
public:
    explicit TokenVerifier(std::string public_pem);
    ~TokenVerifier();

    /// Fails with 401 `token-missing`, `token-invalid` or `token-expired`. Accepts ES256 only.
    Result<Principal> verify(std::string_view token) const;

    /// The principal, if it has one of the roles (admin always does): 401 without a good token,
    /// 403 `role-missing` without the role.
    Result<Principal> require(const http::Request& request,
                              std::initializer_list<std::string_view> roles) const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace shanhai::security
