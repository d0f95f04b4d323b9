#pragma once

#include "chassis/http/message.hpp"
#include "chassis/http/path_number.hpp"
#include "vocabulary/ids.hpp"

#include <boost/json/object.hpp>
#include <optional>
#include <string>

namespace shanhai::catalog {

/// A JSON object with a status, and where a new thing is found.
http::Response json_answer(int status, const boost::json::object& body, std::string location = {});

/// The id in the path; nothing when it is not one, and then nothing is stored under it (404).
template <class Id>
std::optional<Id> id_in_path(const http::Request& request, std::string_view name) {
    const auto value = http::path_number(request.parameter(name));
    if (value == 0) return std::nullopt;
    return static_cast<Id>(value);
}

/// A number in the query, or nothing; a text that is no number reads as 0, which is no id.
std::optional<std::uint64_t> number_in_query(const http::Request& request, std::string_view name);

/// 404 `<what>-unknown`.
http::Response unknown(const std::string& what);

}  // namespace shanhai::catalog
