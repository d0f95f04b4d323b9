#include "chassis/http/first_view.hpp"

#include "chassis/http/html.hpp"

#include <string_view>

namespace shanhai::http {
namespace {

constexpr std::string_view begin_mark = "<!--first-->";
constexpr std::string_view end_mark = "<!--/first-->";
constexpr std::string_view early_script = R"(<script async src="/early.js"></script>)";

void insert_before(std::string& html, std::string_view tag, std::string_view text) {
    const auto at = html.rfind(tag);
    if (at != std::string::npos) html.insert(at, text);
}

}  // namespace

std::string with_first_view(std::string html, const FirstView& view) {
    const auto begin = html.find(begin_mark);
    const auto end = html.find(end_mark);
    if (begin == std::string::npos || end == std::string::npos || end < begin) return html;
    // From the end to the beginning: the last "</body>" is the page's own.
    insert_before(
        html, "</body>",
        R"(<script type="application/json" id="first">)" + json_in_html(view.answers) + "</script>");
    const auto from = begin + begin_mark.size();
    html.replace(from, end - from, view.content);
    if (const auto at = html.find("</head>"); at < begin) html.insert(at, view.head);
    if (const auto at = html.find(early_script); at < begin) html.erase(at, early_script.size());
    return html;
}

}  // namespace shanhai::http
