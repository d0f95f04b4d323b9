#include "chassis/security/access_token.hpp"

#include "chassis/security/crypto.hpp"
#include "chassis/security/openssl.hpp"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <jwt/jwt.hpp>
#include <optional>

namespace shanhai::security {
namespace {

namespace json = boost::json;

constexpr std::string_view issuer = "shanhai";
constexpr std::string_view algorithm = "ES256";
constexpr std::int64_t leeway_seconds = 30;  ///< By how much two machines' clocks may differ.
constexpr std::size_t token_size_max = 4096;
constexpr std::size_t coordinate_size = 32;

bool on_p256(EVP_PKEY* key) {
    if (key == nullptr || EVP_PKEY_get_base_id(key) != EVP_PKEY_EC) return false;
    std::array<char, 32> curve{};
    std::size_t size = 0;
    return EVP_PKEY_get_group_name(key, curve.data(), curve.size(), &size) == 1 &&
           std::string_view{curve.data(), size} == "prime256v1";
}

std::string coordinate(EVP_PKEY* key, const char* name) {
    BIGNUM* read = nullptr;
    openssl::must(EVP_PKEY_get_bn_param(key, name, &read) == 1, "read a public key");
    const openssl::BigNumber value{read};
    std::string bytes(coordinate_size, '\0');
    openssl::must(BN_bn2binpad(value.get(), openssl::bytes(bytes), coordinate_size) == coordinate_size,
                  "read a public key");
    return base64url(bytes);
}

/// The public key as a JSON web key with just the members that RFC 7638 hashes, in its order.
json::object web_key(EVP_PKEY* key) {
    json::object members;
    members["crv"] = "P-256";
    members["kty"] = "EC";
    members["x"] = coordinate(key, OSSL_PKEY_PARAM_EC_PUB_X);
    members["y"] = coordinate(key, OSSL_PKEY_PARAM_EC_PUB_Y);
    return members;
}

std::string thumbprint(EVP_PKEY* key) { return base64url(sha256(json::serialize(web_key(key)))); }

std::optional<json::object> json_object(std::string_view segment) {
    const auto text = from_base64url(segment);
    if (!text) return std::nullopt;
    boost::system::error_code malformed;
    auto value = json::parse(*text, malformed);
    if (malformed || !value.is_object()) return std::nullopt;
    return std::move(value.get_object());
}

bool says(const json::object& object, std::string_view member, std::string_view text) {
    const auto* value = object.if_contains(member);
    return value != nullptr && value->is_string() && value->get_string() == text;
}

Error token_invalid() {
    return Error{Failure::unauthenticated, "token-invalid", "this access token is not valid here"};
}
Error token_expired() {
    return Error{Failure::unauthenticated, "token-expired", "this access token has expired; refresh it"};
}

/// A token taken apart strictly: ES256 with our key's id, and one spelling of every part.
struct Parts {
    std::string_view covered;  ///< What the signature covers: header, dot, claims.
    std::string signature;     ///< r ‖ s, 32 bytes each (RFC 7518, section 3.4).
    json::object claims;

    static std::optional<Parts> of(std::string_view token, std::string_view key_id) {
        if (token.size() > token_size_max) return std::nullopt;
        const auto first = token.find('.');
        const auto last = token.rfind('.');
        if (first == std::string_view::npos || first == last) return std::nullopt;
        auto signature = from_base64url(token.substr(last + 1));
        if (!signature || signature->size() != 2 * coordinate_size) return std::nullopt;

        const auto header = json_object(token.substr(0, first));
        if (!header || !says(*header, "alg", algorithm) || !says(*header, "kid", key_id)) return std::nullopt;
        if (header->contains("crit")) return std::nullopt;
        auto claims = json_object(token.substr(first + 1, last - first - 1));
        if (!claims) return std::nullopt;
        return Parts{token.substr(0, last), std::move(*signature), std::move(*claims)};
    }
};

/// A signature as OpenSSL takes it: an ASN.1 sequence of the two numbers.
std::string der_of(std::string_view raw) {
    const openssl::EcdsaSignature signature{ECDSA_SIG_new()};
    openssl::BigNumber r{BN_bin2bn(openssl::bytes(raw), coordinate_size, nullptr)};
    openssl::BigNumber s{BN_bin2bn(openssl::bytes(raw.substr(coordinate_size)), coordinate_size, nullptr)};
    openssl::must(signature != nullptr && r != nullptr && s != nullptr, "read a signature");
    openssl::must(ECDSA_SIG_set0(signature.get(), r.release(), s.release()) == 1, "read a signature");
    const int size = i2d_ECDSA_SIG(signature.get(), nullptr);
    openssl::must(size > 0, "read a signature");
    std::string der(static_cast<std::size_t>(size), '\0');
    auto* end = openssl::bytes(der);  // Moved behind what is written.
    openssl::must(i2d_ECDSA_SIG(signature.get(), &end) == size, "read a signature");
    return der;
}

/// Issuer, nbf and exp, for a token whose signature is good.
std::optional<Error> check_claims(const json::object& claims, Instant at) {
    const auto* not_before = claims.if_contains("nbf");
    const auto* expires = claims.if_contains("exp");
    if (!says(claims, "iss", issuer) || not_before == nullptr || expires == nullptr) return token_invalid();
    if (!not_before->is_int64() || !expires->is_int64()) return token_invalid();
    const auto seconds = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
    if (seconds < not_before->get_int64() - leeway_seconds) return token_invalid();
    if (seconds >= expires->get_int64() + leeway_seconds) return token_expired();
    return std::nullopt;
}

std::optional<std::uint64_t> natural(const json::object& claims, std::string_view name) {
    const auto* value = claims.if_contains(name);
    if (value == nullptr || !value->is_string()) return std::nullopt;
    const std::string_view text = value->get_string();
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::optional<Principal> principal_of(const json::object& claims) {
    const auto account = natural(claims, "sub");
    const auto organisation = natural(claims, "org");
    const auto* name = claims.if_contains("name");
    const auto* roles = claims.if_contains("roles");
    if (!account || !organisation || name == nullptr || !name->is_string()) return std::nullopt;
    if (roles == nullptr || !roles->is_array()) return std::nullopt;
    const auto session = claims.contains("sid") ? natural(claims, "sid") : std::optional<std::uint64_t>{0};
    if (!session) return std::nullopt;
    Principal principal{*account, *organisation, std::string{name->get_string()}, {}, *session};
    for (const auto& role : roles->get_array()) {
        if (!role.is_string()) return std::nullopt;
        principal.roles.emplace_back(role.get_string());
    }
    return principal;
}

}  // namespace

TokenSigner::TokenSigner(std::string pem) : pem_{std::move(pem)} {
    const auto key = openssl::private_key(pem_);
    if (!on_p256(key.get())) throw std::runtime_error{"the access token key is not an EC P-256 private key"};
    key_id_ = thumbprint(key.get());
}

std::string TokenSigner::sign(const Principal& principal, Instant at, std::chrono::seconds life) const {
    namespace parameters = jwt::params;
    const auto from = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
    jwt::jwt_object token{parameters::algorithm(std::string{algorithm}), parameters::secret(pem_)};
    token.header().add_header("kid", key_id_);
    token.add_claim("iss", std::string{issuer});
    token.add_claim("sub", std::to_string(principal.account));
    token.add_claim("org", std::to_string(principal.organisation));
    token.add_claim("name", principal.name);
    token.add_claim("roles", principal.roles);
    token.add_claim("sid", std::to_string(principal.session));
    token.add_claim("iat", from);
    token.add_claim("nbf", from);
    token.add_claim("exp", from + life.count());
    token.add_claim("jti", base64url(random_bytes(12)));
    return token.signature();
}

std::string TokenSigner::jwks() const {
    auto key = web_key(openssl::private_key(pem_).get());
    key["kid"] = key_id_;
    key["alg"] = algorithm;
    key["use"] = "sig";
    json::array keys;
    keys.push_back(std::move(key));
    json::object set;
    set["keys"] = std::move(keys);
    return json::serialize(set);
}

std::string TokenSigner::public_pem() const { return openssl::public_pem(openssl::private_key(pem_).get()); }

std::string TokenSigner::generate_pem() {
    const openssl::Key key{EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256")};
    openssl::must(key != nullptr, "make a P-256 key");
    return openssl::private_pem(key.get());
}

// cpp-jwt signs, but does not verify: it reads the PEM again for each token, which costs more than the
// signature, its base64 reader indexes a table with unchecked characters, and it trusts the algorithm that a
// token names.
class TokenVerifier::Impl {
public:
    Impl(std::string_view pem, const Clock& clock) : key_{openssl::public_key(pem)}, clock_{clock} {
        if (!on_p256(key_.get())) {
            throw std::runtime_error{"the access token key is not an EC P-256 public key"};
        }
        key_id_ = thumbprint(key_.get());
    }

    Result<Principal> verify(std::string_view token) const {
        const auto parts = Parts::of(token, key_id_);
        if (!parts || !signed_by_us(*parts)) return token_invalid();
        if (auto refused = check_claims(parts->claims, clock_.now())) return *refused;
        auto principal = principal_of(parts->claims);
        if (!principal) return token_invalid();
        return std::move(*principal);
    }

private:
    bool signed_by_us(const Parts& parts) const {
        const auto signature = der_of(parts.signature);
        const openssl::DigestContext context{EVP_MD_CTX_new()};
        openssl::must(context != nullptr, "verify a token");
        openssl::must(EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1,
                      "verify a token");
        return EVP_DigestVerify(context.get(), openssl::bytes(signature), signature.size(),
                                openssl::bytes(parts.covered), parts.covered.size()) == 1;
    }

    openssl::Key key_;  // Only read, by any number of threads.
    std::string key_id_;
    const Clock& clock_;
};

TokenVerifier::TokenVerifier(std::string public_pem, const Clock& clock)
    : impl_{std::make_unique<Impl>(public_pem, clock)} {}
TokenVerifier::~TokenVerifier() = default;

Result<Principal> TokenVerifier::verify(std::string_view token) const {
    if (token.empty()) {
        return Error{Failure::unauthenticated, "token-missing",
                     "send an access token: Authorization: Bearer"};
    }
    return impl_->verify(token);
}

}  // namespace shanhai::security
