#pragma once

#include <string>
#include <string_view>

namespace shanhai::http {

/// The text as it stands between tags and inside a quoted attribute. What is in it begins no tag, ends no
/// attribute and names no character; control characters, which HTML forbids, are left out.
std::string html_text(std::string_view text);

/// JSON as it stands in a <script type="application/json">: the same document, and nothing in it ends the
/// element or begins a comment.
std::string json_in_html(std::string_view json);

}  // namespace shanhai::http
