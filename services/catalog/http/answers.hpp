#pragma once

#include "catalog/domain/catalogue.hpp"
#include "chassis/http/message.hpp"
#include "chassis/http/parameters.hpp"

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

namespace shanhai::catalog {

/// A JSON object with a status, and where a new thing is found.
http::Response json_answer(int status, const boost::json::object& body, std::string location = {});

/// 404 `<what>-unknown`.
http::Response unknown(const std::string& what);

/// Whether `listed=any` asks for what is not listed, too; a complaint about anything else.
bool asks_for_unlisted(http::Parameters& parameters);

/// The counties of the province or prefecture that `area` names, ascending, by their former codes, too; a
/// complaint about a name that none has.
std::optional<std::vector<CountyCode>> area_asked_for(http::Parameters& parameters, const Registry& facts);

/// The version that If-Match names; nothing within for "*", which any version matches. Of a list it is the
/// newest: who knows that one and an older one knows what is being followed, and an older one alone is stale
/// anyway.
Result<std::optional<int>> version_to_follow(const http::Request& request);

}  // namespace shanhai::catalog
