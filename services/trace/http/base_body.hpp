#pragma once

#include "chassis/http/message.hpp"
#include "trace/domain/base.hpp"

#include <boost/json/value.hpp>

namespace shanhai::trace {

/// What a body says of a base; of a whole (PUT) every member has to be there. 422 with a pointer to each that
/// is not well.
Result<BaseDetails> base_from(const http::Request& request, boost::json::value body);

}  // namespace shanhai::trace
