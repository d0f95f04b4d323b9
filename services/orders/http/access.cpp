#include "orders/http/access.hpp"

#include "chassis/security/crypto.hpp"

namespace shanhai::orders {

std::string OrderAccess::token_of(std::string_view order_number) const {
    return security::base64url(security::hmac_sha256(key_, order_number));
}

std::string OrderAccess::guest_of(std::string_view phone) const {
    return security::base64url(security::hmac_sha256(key_, "guest " + std::string{phone}));
}

Result<Done> OrderAccess::check(const http::Request& request, std::string_view order_number) const {
    std::string token{request.header("Order-Access-Token")};
    if (token.empty()) token = request.query_value("access_token").value_or("");
    if (!token.empty() && security::equal_in_constant_time(token, token_of(order_number))) return Done{};
    if (!request.bearer_token().empty()) {
        const auto staff = verifier_.require(request, {"operator", "auditor"});
        if (staff) return Done{};
        return staff.error();
    }
    return Error{Failure::not_found, "order-unknown", "there is no such order"};
}

Result<RequestKey> request_key(const http::Request& request, const security::TokenVerifier& verifier,
                               std::string_view guest, std::string_view canonical_body) {
    const auto key = idempotency_key(request.header("Idempotency-Key"));
    if (!key) return key.error();
    std::string principal = "guest " + std::string{guest};
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
