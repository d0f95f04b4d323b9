#include "chassis/security/crypto.hpp"

#include "chassis/security/openssl.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <algorithm>
#include <array>
#include <initializer_list>

namespace shanhai::security {

using openssl::bytes;
using openssl::must;

namespace {

constexpr std::size_t key_size = 32;
constexpr std::size_t nonce_size = 12;
constexpr std::size_t tag_size = 16;
constexpr std::size_t block_size = 64;  // Of SHA-256.
constexpr std::size_t digest_size = 32;

void require_key(std::string_view key) {
    if (key.size() != key_size) throw std::invalid_argument{"an AES-256 key is 32 bytes"};
}

// Algorithms are looked up once: OpenSSL 3 otherwise does so at every use, which costs more than the use.
const EVP_MD* sha256_algorithm() {
    static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    must(algorithm != nullptr, "find SHA-256");
    return algorithm;
}
const EVP_CIPHER* aes_256_gcm() {
    static const EVP_CIPHER* const algorithm = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
    must(algorithm != nullptr, "find AES-256-GCM");
    return algorithm;
}

/// SHA-256 of the parts, one behind the other. The context is kept: making one costs as much as a short text.
std::string digest_of(std::initializer_list<std::string_view> parts) {
    thread_local const openssl::DigestContext context{EVP_MD_CTX_new()};
    must(context != nullptr && EVP_DigestInit_ex(context.get(), sha256_algorithm(), nullptr) == 1, "hash");
    for (const auto part : parts)
        must(EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1, "hash");
    std::string digest(digest_size, '\0');
    must(EVP_DigestFinal_ex(context.get(), bytes(digest), nullptr) == 1, "hash");
    return digest;
}

}  // namespace

std::string sha256(std::string_view data) { return digest_of({data}); }

/// RFC 2104.
std::string hmac_sha256(std::string_view key, std::string_view data) {
    std::array<char, block_size> inner{};
    if (key.size() > block_size) {
        std::ranges::copy(sha256(key), inner.begin());
    } else {
        std::ranges::copy(key, inner.begin());
    }
    auto outer = inner;
    for (auto& byte : inner) byte = static_cast<char>(byte ^ 0x36);
    for (auto& byte : outer) byte = static_cast<char>(byte ^ 0x5c);
    auto mac = digest_of({{outer.data(), outer.size()}, digest_of({{inner.data(), inner.size()}, data})});
    OPENSSL_cleanse(inner.data(), inner.size());
    OPENSSL_cleanse(outer.data(), outer.size());
    return mac;
}

std::string random_bytes(std::size_t count) {
    std::string random(count, '\0');
    must(RAND_bytes(bytes(random), static_cast<int>(count)) == 1, "draw random bytes");
    return random;
}

bool equal_in_constant_time(std::string_view left, std::string_view right) {
    return left.size() == right.size() && CRYPTO_memcmp(left.data(), right.data(), left.size()) == 0;
}

std::string seal(std::string_view key, std::string_view plain, std::string_view associated) {
    require_key(key);
    std::string sealed = random_bytes(nonce_size);
    sealed.resize(nonce_size + plain.size() + tag_size);
    auto* out = bytes(sealed);

    const openssl::CipherContext context{EVP_CIPHER_CTX_new()};
    int size = 0;
    must(context != nullptr, "encrypt");
    must(EVP_EncryptInit_ex(context.get(), aes_256_gcm(), nullptr, bytes(key), out) == 1, "encrypt");
    must(EVP_EncryptUpdate(context.get(), nullptr, &size, bytes(associated),
                           static_cast<int>(associated.size())) == 1,
         "encrypt");
    must(EVP_EncryptUpdate(context.get(), out + nonce_size, &size, bytes(plain),
                           static_cast<int>(plain.size())) == 1,
         "encrypt");
    must(EVP_EncryptFinal_ex(context.get(), out + nonce_size + plain.size(), &size) == 1, "encrypt");
    must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, static_cast<int>(tag_size),
                             out + nonce_size + plain.size()) == 1,
         "encrypt");
    return sealed;
}

std::optional<std::string> open(std::string_view key, std::string_view sealed, std::string_view associated) {
    require_key(key);
    if (sealed.size() < nonce_size + tag_size) return std::nullopt;
    const auto cipher = sealed.substr(nonce_size, sealed.size() - nonce_size - tag_size);
    std::string tag{sealed.substr(sealed.size() - tag_size)};  // OpenSSL takes it as mutable.
    std::string plain(cipher.size(), '\0');

    const openssl::CipherContext context{EVP_CIPHER_CTX_new()};
    int size = 0;
    must(context != nullptr, "decrypt");
    must(EVP_DecryptInit_ex(context.get(), aes_256_gcm(), nullptr, bytes(key), bytes(sealed)) == 1,
         "decrypt");
    must(EVP_DecryptUpdate(context.get(), nullptr, &size, bytes(associated),
                           static_cast<int>(associated.size())) == 1,
         "decrypt");
    must(EVP_DecryptUpdate(context.get(), bytes(plain), &size, bytes(cipher),
                           static_cast<int>(cipher.size())) == 1,
         "decrypt");
    must(
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, static_cast<int>(tag_size), tag.data()) == 1,
        "decrypt");
    unsigned char nothing_left = 0;
    if (EVP_DecryptFinal_ex(context.get(), &nothing_left, &size) != 1) return std::nullopt;
    return plain;
}

}  // namespace shanhai::security
