#pragma once

#include "chassis/http/page.hpp"
#include "vocabulary/change.hpp"

#include <boost/asio/awaitable.hpp>

namespace shanhai {

// Beside Change, where page_response looks for it.
boost::json::object json_of(const Change& change);

}  // namespace shanhai

namespace shanhai::http {

/// Answers `GET …/changes{?cursor,limit}`: one page of a history, oldest first. `read(after, count)` asks the
/// store for at most so many changes after that one.
template <class Read>
boost::asio::awaitable<Response> history_page(const Request& request, const Cursors& cursors, Read read) {
    const auto page = cursors.page_of(request);
    if (!page) co_return respond_with(page.error());
    const auto found = co_await read(page->after_number(), page->limit + 1);
    if (!found) co_return respond_with(found.error());
    co_return page_response(*found, *page, cursors);
}

}  // namespace shanhai::http
