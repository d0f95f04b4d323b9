#pragma once

#include "chassis/security/envelope.hpp"
#include "identity/domain/rate_limit.hpp"
#include "vocabulary/ids.hpp"
#include "vocabulary/result.hpp"
#include "vocabulary/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shanhai::identity {

/// Guesses at somebody's second factor, by whoever has the password already: a million codes, of which three
/// are right, stand against these.
inline constexpr RateLimit second_factor_limit{"factor", 10, std::chrono::minutes{30}};

/// So many periods may the telephone's clock be early or late.
inline constexpr std::int64_t drift_steps = 1;
inline constexpr std::size_t recovery_codes = 10;

/// What a person typed as a code: six digits of the telephone, or one of the recovery codes; blanks do not
/// matter.
struct TypedCode {
    std::string text;
    bool digits = false;  ///< Of the telephone.

    static TypedCode of(std::string_view typed);
};

/// The period whose code this is, near `at` and after the last one that was used: no code works twice.
std::optional<std::int64_t> step_of(std::string_view secret, std::string_view code, Instant at,
                                    std::int64_t last_step);

/// What an authenticator reads of a QR code.
std::string otpauth_uri(std::string_view secret, std::string_view login);

/// What somebody gets who begins to use a second factor, once.
struct Enrolment {
    std::string secret;  ///< Bytes.
    std::vector<std::string> recovery_codes;
};

/// Keeps the secrets of second factors encrypted, each bound to its account.
class FactorVault {
public:
    /// `key`: 32 bytes, from which the vault's own is derived.
    explicit FactorVault(std::string_view key);

    security::Envelope seal(AccountId account, std::string_view secret) const;
    /// Nothing when the key was destroyed or anything was altered.
    std::optional<std::string> open(AccountId account, const security::Envelope& envelope) const;

private:
    std::string key_;
};

/// What an attempt with a code came to.
struct FactorAttempt {
    Allowance allowance;
    bool right = false;
};

Error second_factor_wrong();

}  // namespace shanhai::identity
