#include "chassis/security/gate.hpp"

#include <algorithm>

namespace shanhai::security {
namespace {

constexpr std::chrono::seconds unknown_retry{5};

Error token_revoked() {
    return Error{Failure::unauthenticated, "token-revoked", "this access token was withdrawn; sign in again"};
}

Error revocations_unknown() {
    Error error{Failure::unavailable, "revocations-unknown",
                "it is not known now which accounts were withdrawn; try again soon"};
    error.retry_after(unknown_retry);
    return error;
}

bool may(const Operation& operation, const Principal& principal) {
    if (operation.any_account) return true;
    return std::ranges::any_of(principal.roles,
                               [&](const std::string& role) { return operation.takes(role); });
}

/// An API key does what its scopes name and nothing else, whatever its house may.
std::optional<Error> beyond_key(const Operation& operation, const Principal& principal) {
    if (!principal.scopes) return std::nullopt;
    if (operation.key_scope.empty())
        return Error{Failure::forbidden, "person-needed", "this takes a person: an API key does not do it"};
    if (std::ranges::find(*principal.scopes, operation.key_scope) != principal.scopes->end())
        return std::nullopt;
    return Error{Failure::forbidden, "scope-missing",
                 "this API key does not have the scope " + std::string{operation.key_scope}};
}

}  // namespace

std::optional<Error> Gate::admit(const Operation& operation, http::Request& request) const {
    if (!operation.key.empty()) return std::nullopt;
    const bool by_key = !operation.held_key.empty();
    if (by_key && !request.header(operation.held_key).empty()) return std::nullopt;
    const bool optional = operation.anybody || by_key;
    if (!operation.signs_in() || (optional && request.bearer_token().empty())) {
        if (optional) return std::nullopt;
        return Error{Failure::forbidden, "role-missing", "nobody may do this"};
    }
    auto principal = who(operation, request);
    if (!principal) return principal.error();
    if (!may(operation, *principal)) {
        return Error{Failure::forbidden, "role-missing",
                     "your account does not have the role that this needs"};
    }
    if (auto beyond = beyond_key(operation, *principal)) {
        // What everybody may read a key reads as everybody does.
        if (operation.anybody && operation.reads()) return std::nullopt;
        return beyond;
    }
    request.principal = std::move(*principal);
    return std::nullopt;
}

Result<Principal> Gate::who(const Operation& operation, const http::Request& request) const {
    auto principal = verifier_.verify(request.bearer_token());
    if (!principal) return principal;
    if (revocations_.void_for(*principal)) return token_revoked();
    if (!operation.reads() && !revocations_.fresh()) return revocations_unknown();
    return principal;
}

}  // namespace shanhai::security
