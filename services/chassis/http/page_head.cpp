#include "chassis/http/page_head.hpp"

#include "chassis/http/html.hpp"

namespace shanhai::http {
namespace {

/// Puts `text` between the first `before` and the next `after`.
void replace_between(std::string& html, std::string_view before, std::string_view after,
                     std::string_view text) {
    const auto begin = html.find(before);
    if (begin == std::string::npos) return;
    const auto from = begin + before.size();
    const auto to = html.find(after, from);
    if (to != std::string::npos) html.replace(from, to - from, text);
}

}  // namespace

std::string with_head(std::string html, const PageHead& head) {
    const auto title = html_text(head.title);
    const auto description = html_text(head.description);
    replace_between(html, "<title>", "</title>", title);
    replace_between(html, R"(<meta property="og:title" content=")", "\"", title);
    replace_between(html, R"(<meta name="description" content=")", "\"", description);
    replace_between(html, R"(<meta property="og:description" content=")", "\"", description);
    return html;
}

std::string with_origin(std::string html, std::string_view origin) {
    constexpr std::string_view image = R"(<meta property="og:image" content=")";
    const auto at = html.find(std::string{image} + '/');
    if (at != std::string::npos) html.insert(at + image.size(), origin);
    return html;
}

}  // namespace shanhai::http
