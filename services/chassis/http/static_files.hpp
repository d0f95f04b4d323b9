#pragma once

#include "chassis/http/router.hpp"

#include <filesystem>
#include <string>

namespace shanhai::http {

/// Serves the files below `folder` under `prefix` ("/" or "/audit/") from memory: read and gzipped
/// once at start, with ETag and 304, immutable caching for names that carry a hash, and `index.html`
/// for paths without a file name extension (the pages route in the browser; never below v1/ and internal/).
/// Throws std::runtime_error when the folder cannot be read.
void mount_static_files(Router& router, const std::string& prefix, const std::filesystem::path& folder);

}  // namespace shanhai::http
