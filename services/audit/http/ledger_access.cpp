#include "audit/http/ledger_access.hpp"

#include "chassis/security/crypto.hpp"

namespace shanhai::audit {
namespace {

constexpr std::string_view verifier_header = "Shanhai-Verifier-Key";
constexpr std::string_view order_header = "Order-Access-Token";

}  // namespace

LedgerAccess LedgerAccess::of(const config::Settings& settings, const security::Secrets& secrets) {
    return {secrets.read("ledger_verifier"), secrets.key("order_access"), settings.public_entries};
}

Result<Done> LedgerAccess::may_read_entries(const http::Request& request) const {
    if (public_entries_ || request.principal) return Done{};
    const auto key = request.header(verifier_header);
    if (key.empty()) {
        return Error{Failure::unauthenticated, "token-missing", "send an access token or a verifier's key"};
    }
    if (security::equal_in_constant_time(key, verifier_key_)) return Done{};
    return Error{Failure::unauthenticated, "verifier-key-invalid", "this is not a verifier's key"};
}

Result<Done> LedgerAccess::may_read_order(const http::Request& request, std::string_view order_number) const {
    if (request.principal) return Done{};
    const auto token = request.header(order_header);
    const auto own = security::base64url(security::hmac_sha256(order_key_, order_number));
    if (!token.empty() && security::equal_in_constant_time(token, own)) return Done{};
    return Error{Failure::not_found, "order-unknown", "there is no such order"};
}

}  // namespace shanhai::audit
