#pragma once

#include "chassis/http/message.hpp"
#include "chassis/security/access_token.hpp"
#include "chassis/security/operations.hpp"
#include "chassis/security/revocations.hpp"

#include <optional>

namespace shanhai::security {

/// The one place that decides who may pass, by the table of operations. There is no role that may everything.
/// It needs nothing of a request but its head.
class Gate {
public:
    Gate(const TokenVerifier& verifier, const Revocations& revocations)
        : verifier_{verifier}, revocations_{revocations} {}

    /// Lets a request pass, and puts who asks into it; or says why not: 401 `token-missing`, `token-invalid`,
    /// `token-expired` or `token-revoked`, 403 `role-missing` and, for an API key, `scope-missing` or
    /// `person-needed`, and 503 `revocations-unknown` for a write while nobody can say who was dismissed
    /// meanwhile. Where an order's or a verifier's key counts, whoever shows one acts as its holder: whether
    /// it is the right one is for the handler to say.
    std::optional<Error> admit(const Operation& operation, http::Request& request) const;

private:
    Result<Principal> who(const Operation& operation, const http::Request& request) const;

    const TokenVerifier& verifier_;
    const Revocations& revocations_;
};

}  // namespace shanhai::security
