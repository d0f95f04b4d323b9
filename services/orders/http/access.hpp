#pragma once

#include "chassis/http/message.hpp"
#include "chassis/security/access_token.hpp"
#include "orders/domain/desk.hpp"

#include <string>
#include <string_view>

namespace shanhai::orders {

/// Who may see an order: whoever holds its access token, which was given to its buyer alone, and the staff.
class OrderAccess {
public:
    OrderAccess(std::string key, const security::TokenVerifier& verifier)
        : key_{std::move(key)}, verifier_{verifier} {}

    std::string token_of(std::string_view order_number) const;
    /// Who a guest is to us, as long as nobody signs in: the telephone, as a keyed hash.
    std::string guest_of(std::string_view phone) const;
    /// By the header Order-Access-Token, ?access_token= or a staff token. Fails with 404 `order-unknown`, as
    /// if there were no such order, since a wrong token must not tell that there is one.
    Result<Done> check(const http::Request& request, std::string_view order_number) const;

private:
    std::string key_;
    const security::TokenVerifier& verifier_;
};

/// What makes a repetition of this request by the same principal recognisable: the account that signed in, or
/// else `guest` (OrderAccess::guest_of), so that no guest ever meets another one's key. Fails with 400
/// `idempotency-key-missing` or 401 when it brings a bad bearer token.
Result<RequestKey> request_key(const http::Request& request, const security::TokenVerifier& verifier,
                               std::string_view guest, std::string_view canonical_body);

}  // namespace shanhai::orders
