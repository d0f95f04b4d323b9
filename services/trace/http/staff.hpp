#pragma once

#include "chassis/security/access_token.hpp"
#include "trace/domain/known.hpp"

namespace shanhai::trace {

/// Who writes here: operator and admin for everybody, merchant staff for their own. 401 or 403 else.
Result<Writer> writer_of(const security::TokenVerifier& verifier, const http::Request& request);

}  // namespace shanhai::trace
