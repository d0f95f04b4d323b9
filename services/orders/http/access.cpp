#include "orders/http/access.hpp"

#include "chassis/http/parameters.hpp"
#include "chassis/security/crypto.hpp"

namespace shanhai::orders {

std::string OrderAccess::token_of(std::string_view order_number) const {
    return security::base64url(security::hmac_sha256(key_, order_number));
}

Result<Done> OrderAccess::check(const http::Request& request, std::string_view order_number) const {
    std::string token{request.header("Order-Access-Token")};
    http::Parameters parameters{request};
    if (token.empty() && parameters.has("access_token")) token = parameters.untyped("access_token");
    if (!token.empty() && security::equal_in_constant_time(token, token_of(order_number))) return Done{};
    if (!request.bearer_token().empty()) {
        const auto staff = verifier_.require(request, {"operator", "auditor"});
        if (staff) return Done{};
        return staff.error();
    }
    return Error{Failure::not_found, "order-unknown", "there is no such order"};
}

Result<RequestKey> request_key(const http::Request& request, const security::TokenVerifier& verifier,
                               std::string_view canonical_body) {
    const auto key = idempotency_key(request.header("Idempotency-Key"));
    if (!key) return key.error();
    std::string principal = "guest";
    if (!request.bearer_token().empty()) {
        const auto account = verifier.verify(request.bearer_token());
        if (!account) return account.error();
        principal = std::to_string(account->account);
    }
    std::string asked{http::name_of(request.method)};
    asked += '\n';
    asked += request.path;
    asked += '\n';
    asked += canonical_body;
    return RequestKey{security::sha256(principal + '\n' + *key), security::sha256(asked)};
}

}  // namespace shanhai::orders
