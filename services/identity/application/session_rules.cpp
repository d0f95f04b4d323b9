#include "identity/application/session_rules.hpp"

#include "chassis/security/crypto.hpp"

namespace shanhai::identity {

SessionLife session_life(const config::Settings& settings) {
    SessionLife life;
    life.absolute = std::chrono::hours{settings.session_hours_max};
    life.idle = std::chrono::minutes{settings.session_idle_minutes};
    return life;
}

std::string successor_key(const security::Secrets& secrets) {
    return security::hmac_sha256(secrets.read("access_token_private"), "successors of refresh tokens");
}

}  // namespace shanhai::identity
