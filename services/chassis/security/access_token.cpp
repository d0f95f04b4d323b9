#include "chassis/security/access_token.hpp"

#include "chassis/security/crypto.hpp"
#include "chassis/security/es256.hpp"

#include <openssl/core_names.h>
#include <algorithm>
#include <boost/json.hpp>
#include <charconv>
#include <optional>

namespace shanhai::security {
namespace {

namespace json = boost::json;

constexpr std::string_view issuer = "shanhai";
constexpr std::string_view algorithm = "ES256";
constexpr std::int64_t leeway_seconds = 30;  ///< By how much two machines' clocks may differ.
constexpr std::size_t token_size_max = 4096;

std::string coordinate(EVP_PKEY* key, const char* name) {
    BIGNUM* read = nullptr;
    openssl::must(EVP_PKEY_get_bn_param(key, name, &read) == 1, "read a public key");
    const openssl::BigNumber value{read};
    std::string bytes(es256::coordinate_size, '\0');
    openssl::must(BN_bn2binpad(value.get(), openssl::bytes(bytes), es256::coordinate_size) ==
                      int{es256::coordinate_size},
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
    std::string signature;
    json::object claims;

    static std::optional<Parts> of(std::string_view token, std::string_view key_id) {
        if (token.size() > token_size_max) return std::nullopt;
        const auto first = token.find('.');
        const auto last = token.rfind('.');
        if (first == std::string_view::npos || first == last) return std::nullopt;
        auto signature = from_base64url(token.substr(last + 1));
        if (!signature) return std::nullopt;

        const auto header = json_object(token.substr(0, first));
        if (!header || !says(*header, "alg", algorithm) || !says(*header, "kid", key_id)) return std::nullopt;
        if (header->contains("crit")) return std::nullopt;
        auto claims = json_object(token.substr(first + 1, last - first - 1));
        if (!claims) return std::nullopt;
        return Parts{token.substr(0, last), std::move(*signature), std::move(*claims)};
    }
};

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

/// RFC 8693, section 4.2: the scopes with blanks between them.
std::vector<std::string> scopes_in(std::string_view text) {
    std::vector<std::string> scopes;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        if (end > 0) scopes.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return scopes;
}

std::string scope_text(const std::vector<std::string>& scopes) {
    std::string text;
    for (const auto& scope : scopes) text += (text.empty() ? "" : " ") + scope;
    return text;
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
    if (const auto* scope = claims.if_contains("scope")) {
        if (!scope->is_string()) return std::nullopt;
        principal.scopes = scopes_in(scope->get_string());
    }
    return principal;
}

std::string segment(const json::object& object) { return base64url(json::serialize(object)); }

}  // namespace

class TokenSigner::Impl {
public:
    explicit Impl(std::string_view pem) : key_{openssl::private_key(pem)} {
        if (!es256::fits(key_.get())) {
            throw std::runtime_error{"the access token key is not an EC P-256 private key"};
        }
        key_id_ = thumbprint(key_.get());
    }

    EVP_PKEY* key() const { return key_.get(); }
    const std::string& key_id() const { return key_id_; }

private:
    openssl::Key key_;  // Only read, by any number of threads.
    std::string key_id_;
};

TokenSigner::TokenSigner(std::string_view pem) : impl_{std::make_unique<Impl>(pem)} {}
TokenSigner::~TokenSigner() = default;

std::string TokenSigner::sign(const Principal& principal, Instant at, std::chrono::seconds life) const {
    const auto from = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
    json::object header;
    header["alg"] = algorithm;
    header["typ"] = "JWT";
    header["kid"] = key_id();
    json::object claims;
    claims["iss"] = issuer;
    claims["sub"] = std::to_string(principal.account);
    claims["org"] = std::to_string(principal.organisation);
    claims["name"] = principal.name;
    claims["roles"] = json::value_from(principal.roles);
    claims["sid"] = std::to_string(principal.session);
    if (principal.scopes) claims["scope"] = scope_text(*principal.scopes);
    claims["iat"] = from;
    claims["nbf"] = from;
    claims["exp"] = from + life.count();
    claims["jti"] = base64url(random_bytes(12));
    auto token = segment(header) + "." + segment(claims);
    token += "." + base64url(es256::sign(impl_->key(), token));
    return token;
}

const std::string& TokenSigner::key_id() const { return impl_->key_id(); }

std::string TokenSigner::jwks() const {
    auto key = web_key(impl_->key());
    key["kid"] = key_id();
    key["alg"] = algorithm;
    key["use"] = "sig";
    json::array keys;
    keys.push_back(std::move(key));
    json::object set;
    set["keys"] = std::move(keys);
    return json::serialize(set);
}

std::string TokenSigner::public_pem() const { return openssl::public_pem(impl_->key()); }

std::string TokenSigner::generate_pem() {
    const openssl::Key key{EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256")};
    openssl::must(key != nullptr, "make a P-256 key");
    return openssl::private_pem(key.get());
}

class TokenVerifier::Impl {
public:
    Impl(std::string_view pem, const Clock& clock) : key_{openssl::public_key(pem)}, clock_{clock} {
        if (!es256::fits(key_.get())) {
            throw std::runtime_error{"the access token key is not an EC P-256 public key"};
        }
        key_id_ = thumbprint(key_.get());
    }

    Result<Principal> verify(std::string_view token) const {
        const auto parts = Parts::of(token, key_id_);
        if (!parts || !es256::verify(key_.get(), parts->covered, parts->signature)) return token_invalid();
        if (auto refused = check_claims(parts->claims, clock_.now())) return *refused;
        auto principal = principal_of(parts->claims);
        if (!principal) return token_invalid();
        return std::move(*principal);
    }

private:
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
