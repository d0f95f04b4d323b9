#pragma once

#include "catalog/domain/merchant.hpp"
#include "chassis/http/message.hpp"
#include "chassis/security/access_token.hpp"

namespace shanhai::catalog {

/// Who of the staff may do what in the catalog.
class Staff {
public:
    explicit Staff(const security::TokenVerifier& verifier) : verifier_{verifier} {}

    /// Counties, pairings, merchants: the operator.
    Result<Author> operator_of(const http::Request& request) const;
    /// Products: the operator, or a merchant's own people for their own.
    Result<Author> seller_of(const http::Request& request) const;
    /// Certifications: a certifier who is neither operator nor merchant (403 `duties-not-separate`): who
    /// sells does not judge.
    Result<Author> certifier_of(const http::Request& request) const;

private:
    const security::TokenVerifier& verifier_;
};

}  // namespace shanhai::catalog
