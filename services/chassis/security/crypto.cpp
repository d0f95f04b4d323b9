#include "chassis/security/crypto.hpp"

#include "chassis/security/openssl.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <algorithm>
#include <array>

namespace shanhai::security {

using openssl::bytes;
using openssl::must;

namespace {

constexpr std::size_t key_size = 32;
constexpr std::size_t nonce_size = 12;
constexpr std::size_t tag_size = 16;
constexpr std::size_t digest_size = 32;  // Of SHA-256.

void require_key(std::string_view key) {
    if (key.size() != key_size) throw std::invalid_argument{"an AES-256 key is 32 bytes"};
}

// Algorithms are looked up once: OpenSSL 3 otherwise does so at every use, which costs more than the use.
const EVP_MD* sha256_algorithm() {
    static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    must(algorithm != nullptr, "find SHA-256");
    return algorithm;
}
EVP_MAC* hmac_algorithm() {
    static EVP_MAC* const algorithm = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    must(algorithm != nullptr, "find HMAC");
    return algorithm;
}
const EVP_CIPHER* aes_256_gcm() {
    static const EVP_CIPHER* const algorithm = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
    must(algorithm != nullptr, "find AES-256-GCM");
    return algorithm;
}

/// HMAC with SHA-256, with the key that it was given last: to go on with that one costs half of a new one.
class KeyedMac {
public:
    KeyedMac() : context_{EVP_MAC_CTX_new(hmac_algorithm())} {
        std::string digest{"SHA256"};
        const std::array parameters{
            OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), digest.size()),
            OSSL_PARAM_construct_end()};
        must(context_ != nullptr && EVP_MAC_CTX_set_params(context_.get(), parameters.data()) == 1,
             "authenticate");
    }
    KeyedMac(const KeyedMac&) = delete;
    KeyedMac& operator=(const KeyedMac&) = delete;
    ~KeyedMac() { forget(); }

    /// Keys are our own: how long it takes to tell two of them apart tells nobody anything.
    bool has(std::string_view key) const { return key_ && *key_ == key; }

    std::string of(std::string_view key, std::string_view data) {
        const bool same = has(key);
        if (!same) forget();
        if (key.empty()) key = "";  // Not nowhere, which OpenSSL takes for «the key of before».
        must(EVP_MAC_init(context_.get(), same ? nullptr : bytes(key), same ? 0 : key.size(), nullptr) == 1,
             "authenticate");
        if (!same) key_ = key;
        std::string mac(digest_size, '\0');
        std::size_t size = 0;
        must(EVP_MAC_update(context_.get(), bytes(data), data.size()) == 1 &&
                 EVP_MAC_final(context_.get(), bytes(mac), &size, mac.size()) == 1,
             "authenticate");
        return mac;
    }

private:
    /// Also before a key is taken, so that a failure between leaves none that only seems to be there.
    void forget() {
        if (key_) OPENSSL_cleanse(key_->data(), key_->size());
        key_.reset();
    }

    openssl::MacContext context_;
    std::optional<std::string> key_;
};

}  // namespace

/// The context is kept: making one costs as much as a short text.
std::string sha256(std::string_view data) {
    thread_local const openssl::DigestContext context{EVP_MD_CTX_new()};
    std::string digest(digest_size, '\0');
    must(context != nullptr && EVP_DigestInit_ex(context.get(), sha256_algorithm(), nullptr) == 1 &&
             EVP_DigestUpdate(context.get(), data.data(), data.size()) == 1 &&
             EVP_DigestFinal_ex(context.get(), bytes(digest), nullptr) == 1,
         "hash");
    return digest;
}

/// A thread hardly ever has to do with more keys at a time: an order asks for MACs under four.
std::string hmac_sha256(std::string_view key, std::string_view data) {
    thread_local std::array<KeyedMac, 4> macs;
    thread_local std::size_t next = 0;
    auto* mac = std::ranges::find_if(macs, [key](const KeyedMac& one) { return one.has(key); });
    if (mac == macs.end()) mac = &macs[next++ % macs.size()];
    return mac->of(key, data);
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
