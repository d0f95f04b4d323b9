#pragma once

#include "certification/application/publishing.hpp"
#include "chassis/http/message.hpp"

#include <boost/json/object.hpp>

namespace shanhai::certification {

/// Which year's catalogue is to be frozen.
struct NewEdition {
    SchemeCode scheme;
    int year = Certification::year_min;
};
/// Fails with what read_json and Fields complain of.
Result<NewEdition> edition_in(const http::Request& request);

boost::json::object json_of(const Edition& edition);
/// An entry has the members that it has in the catalogue.
boost::json::object json_of(const Comparison& comparison);
/// Where a certification is named.
boost::json::object json_of(const EditionMention& mention);

}  // namespace shanhai::certification
