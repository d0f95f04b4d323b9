#pragma once

#include "chassis/config/settings.hpp"
#include "chassis/security/secrets.hpp"
#include "identity/domain/identity_store.hpp"

#include <string>

namespace shanhai::identity {

/// How long a session lasts here.
SessionLife session_life(const config::Settings& settings);

/// The key that makes successors of refresh tokens. Whoever has the signing key, from which it comes, can
/// make tokens anyway.
std::string successor_key(const security::Secrets& secrets);

}  // namespace shanhai::identity
