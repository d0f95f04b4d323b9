#pragma once

#include "chassis/http/message.hpp"

#include <string_view>
#include <vector>

namespace shanhai::http {

/// How a body is sent; `none`: the client takes neither way (406).
enum class Coding { identity, gzip, none };

/// What Accept-Encoding asks for (RFC 9110, section 12.5.3), where gzip can be had or not. Without the header
/// bodies go as they are. Elements that the grammar does not know are passed over.
Coding coding_for(const Request& request, bool has_gzip);

/// A tag of If-Match or If-None-Match.
struct EntityTag {
    std::string_view text;  ///< With its quotes, without "W/".
    bool weak = false;
};

/// The tags that a header lists, in all its lines, up to where it stops being a list of tags. `any` when it
/// is
/// "*" alone (RFC 9110, sections 13.1.1 and 13.1.2).
struct EntityTags {
    bool any = false;
    std::vector<EntityTag> tags;
};
EntityTags entity_tags(const Request& request, std::string_view header);

/// A response that was packed on its way is another representation and has a tag of its own ("v7" becomes
/// "v7-gzip"), which says as much about the version as the first.
std::string packed_tag(std::string_view etag);

/// Whether a Content-Type declares no charset but UTF-8.
bool declares_utf8(std::string_view content_type);

}  // namespace shanhai::http
