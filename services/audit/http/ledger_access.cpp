#include "audit/http/ledger_access.hpp"

#include "chassis/security/crypto.hpp"

namespace shanhai::audit {
namespace {

constexpr std::string_view verifier_header = "Shanhai-Verifier-Key";
constexpr std::string_view order_header = "Order-Access-Token";

}  // namespace

Result<Done> LedgerAccess::may_read_entries(const http::Request& request) const {
    if (public_entries_) return Done{};
    const auto key = request.header(verifier_header);
    if (!key.empty() && security::equal_in_constant_time(key, verifier_key_)) return Done{};
    if (!key.empty() && request.bearer_token().empty()) {
        return Error{Failure::unauthenticated, "verifier-key-invalid", "this is not a verifier's key"};
    }
    const auto auditor = tokens_.require(request, {"auditor"});
    if (!auditor) return auditor.error();
    return Done{};
}

Result<Done> LedgerAccess::may_read_order(const http::Request& request, std::string_view order_number) const {
    const auto token = request.header(order_header);
    const auto own = security::base64url(security::hmac_sha256(order_key_, order_number));
    if (!token.empty() && security::equal_in_constant_time(token, own)) return Done{};
    if (!request.bearer_token().empty()) {
        const auto staff = tokens_.require(request, {"auditor", "operator"});
        if (!staff) return staff.error();
        return Done{};
    }
    return Error{Failure::not_found, "order-unknown", "there is no such order"};
}

}  // namespace shanhai::audit
