#pragma once

#include "chassis/security/openssl.hpp"

#include <string>
#include <string_view>

// ES256 (RFC 7518, section 3.4): ECDSA over P-256 with SHA-256. A signature is r ‖ s, 32 bytes each.
namespace shanhai::security::es256 {

inline constexpr std::size_t coordinate_size = 32;
inline constexpr std::size_t signature_size = 2 * coordinate_size;

/// Whether this is a key of that curve; false for none.
bool fits(EVP_PKEY* key);

/// `key` is a private key that fits.
std::string sign(EVP_PKEY* key, std::string_view message);
/// False also for a signature of another length.
bool verify(EVP_PKEY* key, std::string_view message, std::string_view signature);

}  // namespace shanhai::security::es256
