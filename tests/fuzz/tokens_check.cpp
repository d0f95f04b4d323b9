#include "fuzz/targets.hpp"

#include "chassis/security/access_token.hpp"
#include "chassis/security/crypto.hpp"
#include "chassis/security/es256.hpp"
#include "chassis/security/signed_token.hpp"

namespace shanhai::fuzz {
namespace {

using namespace std::chrono_literals;

struct Keys {
    std::string pem = security::TokenSigner::generate_pem();
    security::openssl::Key key = security::openssl::private_key(pem);
    security::TokenSigner signer{pem};
    security::TokenVerifier verifier{signer.public_pem()};
};

const Keys& keys() {
    static const Keys made;
    return made;
}

std::string refusal_of(std::string_view token) {
    const auto read = keys().verifier.verify(token);
    return read ? std::string{} : read.error().code();
}

bool same(const security::Principal& left, const security::Principal& right) {
    return left.account == right.account && left.organisation == right.organisation &&
           left.name == right.name && left.roles == right.roles && left.session == right.session;
}

/// Claims that we would have signed: whoever they make is a person of which we can make a token, too.
std::string fault_of_claims(std::string_view claims) {
    const auto header = R"({"alg":"ES256","kid":")" + keys().signer.key_id() + R"("})";
    auto token = security::base64url(header) + "." + security::base64url(claims);
    token += "." + security::base64url(security::es256::sign(keys().key.get(), token));
    const auto read = keys().verifier.verify(token);
    if (!read) {
        const auto& code = read.error().code();
        return code == "token-invalid" || code == "token-expired" ? "" : "refused as " + code;
    }
    const auto again = keys().verifier.verify(keys().signer.sign(*read, now(), 60s));
    return again && same(*read, *again) ? "" : "a person who cannot be written down";
}

std::string fault_of_signed(std::string_view bytes) {
    const security::SignedTokens tokens{std::string(32, 'k'), "fuzz", 8};
    const auto payload = tokens.read(bytes);
    if (payload && tokens.make(*payload) != bytes) return "a token with two spellings";
    return tokens.read(tokens.make(bytes)) == bytes ? "" : "a token that was made cannot be read";
}

}  // namespace

std::string fault_of_tokens(std::string_view bytes) {
    if (bytes.starts_with('{')) return fault_of_claims(bytes);
    const auto code = refusal_of(bytes);
    if (code != "token-invalid" && code != "token-missing") return "a token that nobody signed: " + code;
    return fault_of_signed(bytes);
}

}  // namespace shanhai::fuzz
