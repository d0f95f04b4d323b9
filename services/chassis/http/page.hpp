#pragma once

#include "chassis/http/cursors.hpp"
#include "chassis/http/json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string>
#include <utility>
#include <vector>

namespace shanhai::http {

/// One page of things in the order of their positions: {"items", "next"}. `found` holds at most one more than
/// the page's limit, as the store was asked for; that one tells that there is a next page. `describe` makes
/// the JSON of a thing, `position` the text behind which the next page begins.
template <class T, class Describe, class Position>
Response page_response(const std::vector<T>& found, const Cursors::Page& page, const Cursors& cursors,
                       Describe describe, Position position) {
    const auto limit = page.limit;
    boost::json::array items;
    for (std::size_t i = 0; i < found.size() && i < limit; ++i) items.push_back(describe(found[i]));
    boost::json::value next = nullptr;
    if (found.size() > limit) next = boost::json::value(cursors.encode(page, position(found[limit - 1])));
    return json_response(boost::json::object{{"items", std::move(items)}, {"next", std::move(next)}});
}

/// The same of things that have ids and stand in their order.
template <class T, class Describe>
Response page_response(const std::vector<T>& found, const Cursors::Page& page, const Cursors& cursors,
                       Describe describe) {
    return page_response(found, page, cursors, describe,
                         [](const T& thing) { return std::to_string(static_cast<std::uint64_t>(thing.id)); });
}

/// The same; `json_of` is looked up beside the thing.
template <class T>
Response page_response(const std::vector<T>& found, const Cursors::Page& page, const Cursors& cursors) {
    return page_response(found, page, cursors, [](const T& thing) { return json_of(thing); });
}

}  // namespace shanhai::http
