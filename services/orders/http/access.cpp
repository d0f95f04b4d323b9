#include "orders/http/access.hpp"

#include "chassis/http/idempotency.hpp"
#include "chassis/http/parameters.hpp"
#include "chassis/security/crypto.hpp"

namespace shanhai::orders {

std::string OrderAccess::token_of(std::string_view order_number) const {
    return security::base64url(security::hmac_sha256(key_, order_number));
}

std::string OrderAccess::guest_of(std::string_view phone) const {
    return security::base64url(security::hmac_sha256(key_, "guest " + std::string{phone}));
}

Result<Done> OrderAccess::check(const http::Request& request, std::string_view order_number) const {
    if (request.principal) return Done{};
    const auto token = request.header("Order-Access-Token");
    if (security::equal_in_constant_time(token, token_of(order_number))) return Done{};
    return order_unknown();
}

Result<RequestKey> request_key(const http::Request& request, std::string_view guest,
                               std::string_view canonical_body) {
    const auto key = http::idempotency_key(request.header("Idempotency-Key"));
    if (!key) return key.error();
    const auto principal =
        request.principal ? std::to_string(request.principal->account) : "guest " + std::string{guest};
    std::string asked{http::name_of(request.method)};
    asked += '\n';
    asked += request.path;
    asked += '\n';
    asked += canonical_body;
    return RequestKey{security::sha256(principal + '\n' + *key), security::sha256(asked)};
}

}  // namespace shanhai::orders
