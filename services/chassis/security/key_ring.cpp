#include "chassis/security/key_ring.hpp"

#include "chassis/security/crypto.hpp"

#include <stdexcept>

namespace shanhai::security {

std::string KeyRing::mac(std::string_view message) const {
    if (empty()) throw std::logic_error{"there is no key to prove a fact with"};
    return hmac_sha256(current_, message);
}

bool KeyRing::made(std::string_view mac, std::string_view message) const {
    const auto fits = [&](const std::string& key) {
        return !key.empty() && equal_in_constant_time(mac, hmac_sha256(key, message));
    };
    return fits(current_) || fits(also_);
}

}  // namespace shanhai::security
