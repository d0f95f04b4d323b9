#include "identity/domain/second_factor.hpp"

#include "chassis/security/crypto.hpp"
#include "chassis/security/totp.hpp"

#include <algorithm>

namespace shanhai::identity {
namespace {

constexpr std::size_t code_size = 6;

std::string bound_to(AccountId account) { return "second factor:" + std::to_string(number(account)); }

}  // namespace

TypedCode TypedCode::of(std::string_view typed) {
    TypedCode code;
    for (const char c : typed) {
        if (c == ' ') continue;
        code.text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    code.digits = code.text.size() == code_size && std::ranges::all_of(code.text, digit);
    return code;
}

std::optional<std::int64_t> step_of(std::string_view secret, std::string_view code, Instant at,
                                    std::int64_t last_step) {
    const auto now = security::totp_step(at);
    std::optional<std::int64_t> found;
    // All of them, however early one fits: the time taken tells nothing.
    for (auto step = now - drift_steps; step <= now + drift_steps; ++step) {
        const bool same = security::equal_in_constant_time(security::totp_code(secret, step), code);
        if (same && step > last_step) found = step;
    }
    return found;
}

std::string otpauth_uri(std::string_view secret, std::string_view login) {
    std::string uri = "otpauth://totp/Shanhai:";
    for (const char c : login) uri += c == '@' ? std::string{"%40"} : std::string{c};
    return uri + "?secret=" + security::base32(secret) + "&issuer=Shanhai&algorithm=SHA1&digits=6&period=30";
}

FactorVault::FactorVault(std::string_view key) : key_{security::hmac_sha256(key, "second factors")} {}

security::Envelope FactorVault::seal(AccountId account, std::string_view secret) const {
    return security::seal_in_envelope(key_, secret, bound_to(account));
}

std::optional<std::string> FactorVault::open(AccountId account, const security::Envelope& envelope) const {
    return security::open_envelope(key_, envelope, bound_to(account));
}

Error second_factor_wrong() {
    return Error{Failure::unauthenticated, "second-factor-wrong",
                 "this code is wrong, too old, or was used before"};
}

}  // namespace shanhai::identity
