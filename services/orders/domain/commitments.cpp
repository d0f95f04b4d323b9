#include "orders/domain/commitments.hpp"

#include "chassis/security/crypto.hpp"

namespace shanhai::orders {
namespace {

std::string committed(std::string_view salt, std::string_view kind, std::string_view value) {
    return security::sha256(security::hmac_sha256(salt, kind).append(value));
}

}  // namespace

Commitments commit(std::string_view salt, std::string_view order_number, std::string_view buyer) {
    return {committed(salt, "order", order_number), committed(salt, "buyer", security::base64url(buyer))};
}

std::string buyer_of_month(std::string_view buyer, const Month& month) {
    return security::base64url(security::hmac_sha256(buyer, "month " + month.text()));
}

}  // namespace shanhai::orders
