#pragma once

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

// What the sources of this folder share when they talk to OpenSSL; no other folder includes it.
namespace shanhai::security::openssl {

/// Frees a C object when its owner ends.
template <auto release>
struct Release {
    template <class T>
    void operator()(T* object) const {
        release(object);
    }
};

using Bio = std::unique_ptr<BIO, Release<BIO_free_all>>;
using BigNumber = std::unique_ptr<BIGNUM, Release<BN_free>>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Release<EVP_CIPHER_CTX_free>>;
using EcdsaSignature = std::unique_ptr<ECDSA_SIG, Release<ECDSA_SIG_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Release<EVP_MD_CTX_free>>;
using MacContext = std::unique_ptr<EVP_MAC_CTX, Release<EVP_MAC_CTX_free>>;
using Key = std::unique_ptr<EVP_PKEY, Release<EVP_PKEY_free>>;

/// For calls that cannot fail unless memory or the library itself is broken.
inline void must(bool worked, const char* what) {
    if (!worked) throw std::runtime_error{std::string{"OpenSSL: cannot "} + what};
}

inline const unsigned char* bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
inline unsigned char* bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

inline Bio reader(std::string_view text) {
    Bio bio{BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))};
    must(bio != nullptr, "read from memory");
    return bio;
}

/// Refuses a key that asks for a passphrase, instead of prompting on the terminal.
inline int no_passphrase(char*, int, int, void*) { return -1; }

/// The private key in a PEM text, or null.
inline Key private_key(std::string_view pem) {
    return Key{PEM_read_bio_PrivateKey(reader(pem).get(), nullptr, no_passphrase, nullptr)};
}
/// The public key in a PEM text, or null.
inline Key public_key(std::string_view pem) {
    return Key{PEM_read_bio_PUBKEY(reader(pem).get(), nullptr, no_passphrase, nullptr)};
}

namespace detail {
template <class Write>
std::string written(Write write) {
    const Bio bio{BIO_new(BIO_s_mem())};
    must(bio != nullptr && write(bio.get()) == 1, "write a key as PEM");
    char* data = nullptr;
    const auto size = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}
}  // namespace detail

/// PKCS#8, without a passphrase.
inline std::string private_pem(EVP_PKEY* key) {
    return detail::written([key](BIO* bio) {
        return PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
    });
}
/// SubjectPublicKeyInfo.
inline std::string public_pem(EVP_PKEY* key) {
    return detail::written([key](BIO* bio) { return PEM_write_bio_PUBKEY(bio, key); });
}

}  // namespace shanhai::security::openssl
