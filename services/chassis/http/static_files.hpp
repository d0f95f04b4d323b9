#pragma once

#include "chassis/http/router.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace shanhai::http {

/// Whether there is nothing that a page could show: asked with the path below the prefix ("p/99999").
using IsGone = std::function<bool(std::string_view)>;

/// Serves the files below `folder` under `prefix` ("/" or "/audit/") from memory: read and gzipped
/// once at start, with ETag and 304, and immutable caching for names that carry a hash. `index.html` routes
/// in the browser: it is the answer to the addresses that the folder's `pages.json` declares ("/p/{digits}",
/// "/o/{text}"), and with 404 to anything else that a browser asks for, so that people find a way on.
/// An address of a page in capitals or with a slash behind it leads to the page (308). Programs get a problem
/// document. What begins with a dot is never served. Throws std::runtime_error when
/// the folder cannot be read.
void mount_static_files(Router& router, const std::string& prefix, const std::filesystem::path& folder,
                        IsGone is_gone = {});

}  // namespace shanhai::http
