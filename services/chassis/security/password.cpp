#include "chassis/security/crypto.hpp"

#include <argon2.h>
#include <stdexcept>

namespace shanhai::security {
namespace {

// OWASP's Password Storage Cheat Sheet, Argon2id: 19 MiB, two passes, one lane.
constexpr std::uint32_t memory_kib = 19 * 1024;
constexpr std::uint32_t passes = 2;
constexpr std::uint32_t lanes = 1;
constexpr std::size_t salt_size = 16;
constexpr std::size_t hash_size = 32;

}  // namespace

std::string hash_password(std::string_view password) {
    const auto salt = random_bytes(salt_size);
    std::string encoded(argon2_encodedlen(passes, memory_kib, lanes, salt_size, hash_size, Argon2_id), '\0');
    const int code =
        argon2id_hash_encoded(passes, memory_kib, lanes, password.data(), password.size(), salt.data(),
                              salt.size(), hash_size, encoded.data(), encoded.size());
    if (code != ARGON2_OK) throw std::runtime_error{std::string{"Argon2: "} + argon2_error_message(code)};
    encoded.resize(encoded.find('\0'));
    return encoded;
}

bool password_matches(std::string_view hash, std::string_view password) {
    const std::string encoded{hash};  // libargon2 wants a text that ends in zero.
    const int code = argon2id_verify(encoded.c_str(), password.data(), password.size());
    if (code == ARGON2_MEMORY_ALLOCATION_ERROR || code == ARGON2_THREAD_FAIL) {
        // The password was not looked at; that is not the same as a wrong one.
        throw std::runtime_error{std::string{"Argon2: "} + argon2_error_message(code)};
    }
    return code == ARGON2_OK;
}

}  // namespace shanhai::security
