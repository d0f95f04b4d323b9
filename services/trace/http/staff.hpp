#pragma once

#include "chassis/http/message.hpp"
#include "trace/domain/known.hpp"

namespace shanhai::trace {

/// Who writes here: the operator for everybody, merchant staff for their own. Whether they may at all the
/// gate has decided.
Writer writer_of(const http::Request& request);
/// Who reads here what is not for everybody: the operator and auditors all of it, merchant staff their own.
Writer reader_of(const http::Request& request);

}  // namespace shanhai::trace
