#pragma once

#include "chassis/http/message.hpp"

#include <boost/json/object.hpp>
#include <string>

namespace shanhai::catalog {

/// A JSON object with a status, and where a new thing is found.
http::Response json_answer(int status, const boost::json::object& body, std::string location = {});

/// 404 `<what>-unknown`.
http::Response unknown(const std::string& what);

}  // namespace shanhai::catalog
