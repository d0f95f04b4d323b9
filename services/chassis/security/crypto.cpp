#include "chassis/security/crypto.hpp"

#include "chassis/security/openssl.hpp"

#include <openssl/crypto.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

namespace shanhai::security {

using openssl::bytes;
using openssl::must;

namespace {

constexpr std::size_t key_size = 32;
constexpr std::size_t nonce_size = 12;
constexpr std::size_t tag_size = 16;

void require_key(std::string_view key) {
    if (key.size() != key_size) throw std::invalid_argument{"an AES-256 key is 32 bytes"};
}

}  // namespace

std::string sha256(std::string_view data) {
    std::string digest(SHA256_DIGEST_LENGTH, '\0');
    SHA256(bytes(data), data.size(), bytes(digest));
    return digest;
}

std::string hmac_sha256(std::string_view key, std::string_view data) {
    std::string mac(SHA256_DIGEST_LENGTH, '\0');
    unsigned size = 0;
    const auto* done = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes(data), data.size(),
                            bytes(mac), &size);
    must(done != nullptr && size == mac.size(), "compute an HMAC");
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
    must(EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, bytes(key), out) == 1, "encrypt");
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
    must(EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, bytes(key), bytes(sealed)) == 1,
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
