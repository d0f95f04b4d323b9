#pragma once

#include "chassis/http/cursors.hpp"
#include "chassis/http/json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <string>
#include <utility>
#include <vector>

namespace shanhai::http {

/// One page of things that have ids and stand in their order: {"items", "next"}. `found` holds at most one
/// more than the page's limit, as the store was asked for; that one tells that there is a next page.
/// `json_of` is looked up beside the thing.
template <class T>
Response page_response(const std::vector<T>& found, const Cursors::Page& page, const Cursors& cursors) {
    const auto limit = page.limit;
    boost::json::array items;
    for (std::size_t i = 0; i < found.size() && i < limit; ++i) items.push_back(json_of(found[i]));
    boost::json::value next = nullptr;
    if (found.size() > limit) {
        const auto last = static_cast<std::uint64_t>(found[limit - 1].id);
        next = boost::json::value(cursors.encode(page, std::to_string(last)));
    }
    return json_response(boost::json::object{{"items", std::move(items)}, {"next", std::move(next)}});
}

}  // namespace shanhai::http
