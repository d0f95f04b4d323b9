#pragma once

#include "vocabulary/result.hpp"

#include <string>
#include <string_view>

namespace shanhai::http {

/// The key of an Idempotency-Key header, bare or as a structured-field string ("…"). Fails with 400
/// `idempotency-key-missing`, or `idempotency-key-malformed` beyond 255 printable ASCII characters.
Result<std::string> idempotency_key(std::string_view header);

}  // namespace shanhai::http
