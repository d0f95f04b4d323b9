#include "chassis/security/es256.hpp"

#include <openssl/ecdsa.h>
#include <array>

namespace shanhai::security::es256 {
namespace {

using openssl::bytes;
using openssl::must;

/// A signature as OpenSSL takes it: an ASN.1 sequence of the two numbers.
std::string der_of(std::string_view raw) {
    const openssl::EcdsaSignature signature{ECDSA_SIG_new()};
    openssl::BigNumber r{BN_bin2bn(bytes(raw), coordinate_size, nullptr)};
    openssl::BigNumber s{BN_bin2bn(bytes(raw.substr(coordinate_size)), coordinate_size, nullptr)};
    must(signature != nullptr && r != nullptr && s != nullptr, "read a signature");
    must(ECDSA_SIG_set0(signature.get(), r.release(), s.release()) == 1, "read a signature");
    const int size = i2d_ECDSA_SIG(signature.get(), nullptr);
    must(size > 0, "read a signature");
    std::string der(static_cast<std::size_t>(size), '\0');
    auto* end = bytes(der);  // Moved behind what is written.
    must(i2d_ECDSA_SIG(signature.get(), &end) == size, "read a signature");
    return der;
}

/// The other way round.
std::string raw_of(std::string_view der) {
    const auto* begin = bytes(der);  // Moved behind what is read.
    const openssl::EcdsaSignature signature{d2i_ECDSA_SIG(nullptr, &begin, static_cast<long>(der.size()))};
    must(signature != nullptr, "write a signature");
    std::string raw(signature_size, '\0');
    constexpr int size = coordinate_size;
    must(BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), bytes(raw), size) == size &&
             BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), bytes(raw) + size, size) == size,
         "write a signature");
    return raw;
}

}  // namespace

bool fits(EVP_PKEY* key) {
    if (key == nullptr || EVP_PKEY_get_base_id(key) != EVP_PKEY_EC) return false;
    std::array<char, 32> curve{};
    std::size_t size = 0;
    return EVP_PKEY_get_group_name(key, curve.data(), curve.size(), &size) == 1 &&
           std::string_view{curve.data(), size} == "prime256v1";
}

std::string sign(EVP_PKEY* key, std::string_view message) {
    const openssl::DigestContext context{EVP_MD_CTX_new()};
    must(context != nullptr, "sign a token");
    must(EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1, "sign a token");
    std::size_t size = 0;
    must(EVP_DigestSign(context.get(), nullptr, &size, bytes(message), message.size()) == 1, "sign a token");
    std::string der(size, '\0');
    must(EVP_DigestSign(context.get(), bytes(der), &size, bytes(message), message.size()) == 1,
         "sign a token");
    der.resize(size);
    return raw_of(der);
}

bool verify(EVP_PKEY* key, std::string_view message, std::string_view signature) {
    if (signature.size() != signature_size) return false;
    const auto der = der_of(signature);
    const openssl::DigestContext context{EVP_MD_CTX_new()};
    must(context != nullptr, "verify a token");
    must(EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1, "verify a token");
    return EVP_DigestVerify(context.get(), bytes(der), der.size(), bytes(message), message.size()) == 1;
}

}  // namespace shanhai::security::es256
