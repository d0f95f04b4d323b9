#pragma once

#include "trace/domain/base.hpp"
#include "trace/domain/lot.hpp"
#include "trace/domain/origin_card.hpp"
#include "trace/domain/registry.hpp"

#include <boost/json/object.hpp>

namespace shanhai::trace {

// How bases, lots and origin cards look outside. Absent days and numbers are null, never left out.

boost::json::object json_of(const Base& base);
boost::json::object json_of(const Lot& lot);
boost::json::object json_of(const OriginCard& card);

}  // namespace shanhai::trace
