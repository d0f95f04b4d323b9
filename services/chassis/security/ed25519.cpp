#include "chassis/security/crypto.hpp"
#include "chassis/security/openssl.hpp"

namespace shanhai::security {

using openssl::bytes;
using openssl::must;

namespace {
constexpr std::size_t public_key_size = 32;
constexpr std::size_t signature_size = 64;
}  // namespace

class Ed25519Key::Impl {
public:
    explicit Impl(openssl::Key key) : key_{std::move(key)} {}
    EVP_PKEY* key() const { return key_.get(); }

private:
    openssl::Key key_;
};

Ed25519Key::Ed25519Key(std::unique_ptr<Impl> impl) : impl_{std::move(impl)} {}
Ed25519Key::~Ed25519Key() = default;
Ed25519Key::Ed25519Key(Ed25519Key&&) noexcept = default;
Ed25519Key& Ed25519Key::operator=(Ed25519Key&&) noexcept = default;

Result<Ed25519Key> Ed25519Key::from_pem(std::string_view pem) {
    auto key = openssl::private_key(pem);
    if (key == nullptr || EVP_PKEY_get_id(key.get()) != EVP_PKEY_ED25519) {
        return Error{Failure::invalid, "invalid-key", "that is not an Ed25519 private key in PEM"};
    }
    return Ed25519Key{std::make_unique<Impl>(std::move(key))};
}

std::string Ed25519Key::generate_pem() {
    const openssl::Key key{EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")};
    must(key != nullptr, "make an Ed25519 key");
    return openssl::private_pem(key.get());
}

std::string Ed25519Key::sign(std::string_view message) const {
    const openssl::DigestContext context{EVP_MD_CTX_new()};
    std::string signature(signature_size, '\0');
    auto size = signature.size();
    must(context != nullptr, "sign");
    must(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, impl_->key()) == 1, "sign");
    must(EVP_DigestSign(context.get(), bytes(signature), &size, bytes(message), message.size()) == 1, "sign");
    return signature;
}

std::string Ed25519Key::public_key() const {
    std::string key(public_key_size, '\0');
    auto size = key.size();
    must(EVP_PKEY_get_raw_public_key(impl_->key(), bytes(key), &size) == 1, "read a public key");
    return key;
}

bool Ed25519Key::verify(std::string_view public_key, std::string_view message, std::string_view signature) {
    const openssl::Key key{
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes(public_key), public_key.size())};
    if (key == nullptr || signature.size() != signature_size) return false;
    const openssl::DigestContext context{EVP_MD_CTX_new()};
    must(context != nullptr, "verify");
    must(EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1, "verify");
    return EVP_DigestVerify(context.get(), bytes(signature), signature.size(), bytes(message),
                            message.size()) == 1;
}

}  // namespace shanhai::security
