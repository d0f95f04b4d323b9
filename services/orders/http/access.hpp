#pragma once

#include "chassis/http/message.hpp"
#include "orders/domain/desk.hpp"

#include <string>
#include <string_view>

namespace shanhai::orders {

/// Who may do something with an order: whoever holds its key, which was given to its buyer alone, and the
/// staff whom the table of operations lets in. An order's number is no credential.
class OrderAccess {
public:
    explicit OrderAccess(std::string key) : key_{std::move(key)} {}

    std::string token_of(std::string_view order_number) const;
    /// Who a guest is to us, as long as nobody signs in: the telephone, as a keyed hash.
    std::string guest_of(std::string_view phone) const;
    /// By the header Order-Access-Token, or as the staff that the gate has let in. Fails with 404
    /// `order-unknown`, as if there were no such order, since a wrong key must not tell that there is one.
    Result<Done> check(const http::Request& request, std::string_view order_number) const;

private:
    std::string key_;
};

/// What makes a repetition of this request by the same principal recognisable: the account that signed in, or
/// else `guest` (OrderAccess::guest_of), so that no guest ever meets another one's key. Fails with 400
/// `idempotency-key-missing`.
Result<RequestKey> request_key(const http::Request& request, std::string_view guest,
                               std::string_view canonical_body);

}  // namespace shanhai::orders
