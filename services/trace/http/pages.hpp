#pragma once

#include "chassis/http/json.hpp"
#include "trace/http/path_id.hpp"
#include "trace/http/trace_json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <string>
#include <vector>

namespace shanhai::trace {

/// One page of things in the order of their ids: {"items", "next"}. The store was asked for one more
/// than the page holds, which tells whether there is a next one.
template <class T>
http::Response page_response(const std::vector<T>& found, std::size_t limit, const http::Cursors& cursors) {
    boost::json::array items;
    for (std::size_t i = 0; i < found.size() && i < limit; ++i) items.push_back(json_of(found[i]));
    boost::json::value next = nullptr;
    if (found.size() > limit) next = cursors.encode(std::to_string(number(found[limit - 1].id)));
    const boost::json::object page{{"items", std::move(items)}, {"next", std::move(next)}};
    http::Response response;
    response.body = boost::json::serialize(page);
    return response;
}

/// One thing: 200, or 201 when it was made just now.
template <class T>
http::Response one_response(const T& thing, int status) {
    http::Response response;
    response.status = status;
    response.body = boost::json::serialize(json_of(thing));
    return response;
}

}  // namespace shanhai::trace
