#pragma once

#include "chassis/http/first_view.hpp"
#include "chassis/http/page_head.hpp"
#include "chassis/http/router.hpp"

#include <boost/asio/awaitable.hpp>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace shanhai::http {

/// What is known of a page before its program runs.
struct PageFacts {
    bool gone = false;               ///< There is nothing that it could show.
    std::optional<PageHead> head{};  ///< Nothing: the one of all pages.
    std::optional<FirstView> view{};
};
struct PageAddress {
    std::string path;   ///< Below the prefix: "p/99999".
    std::string query;  ///< As sent, without the question mark.
};
using AskPage = std::function<boost::asio::awaitable<PageFacts>(PageAddress)>;

/// Serves the files below `folder` under `prefix` ("/" or "/desk/") from memory: read and gzipped
/// once at start, with ETag and 304, and immutable caching for names that carry a hash. `index.html` routes
/// in the browser: it is the answer to the addresses that the folder's `pages.json` declares ("/p/{digits}",
/// "/o/{text}"), and with 404 to anything else that a browser asks for, so that people find a way on.
/// An address of a page in capitals or with a slash behind it leads to the page (308). Programs get a problem
/// document. What begins with a dot is never served. Throws std::runtime_error when
/// the folder cannot be read. `origin` begins absolute addresses of this site.
void mount_static_files(Router& router, const std::string& prefix, const std::filesystem::path& folder,
                        AskPage ask = {}, std::string_view origin = {});

}  // namespace shanhai::http
