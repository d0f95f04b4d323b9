#include "chassis/http/html.hpp"

namespace shanhai::http {
namespace {

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t' && c != '\n') || byte == 0x7f;
}

}  // namespace

std::string html_text(std::string_view text) {
    std::string safe;
    safe.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&':
                safe += "&amp;";
                break;
            case '<':
                safe += "&lt;";
                break;
            case '>':
                safe += "&gt;";
                break;
            case '"':
                safe += "&quot;";
                break;
            case '\'':
                safe += "&#39;";
                break;
            default:
                if (!is_control(c)) safe += c;
        }
    }
    return safe;
}

std::string json_in_html(std::string_view json) {
    // In JSON these stand in strings only, where an escape means the same.
    std::string safe;
    safe.reserve(json.size() + json.size() / 16);
    for (std::size_t at = 0; at < json.size(); ++at) {
        const auto rest = json.substr(at);
        if (rest.starts_with("\u2028") || rest.starts_with("\u2029")) {
            safe += rest.starts_with("\u2028") ? "\\u2028" : "\\u2029";
            at += std::string_view{"\u2028"}.size() - 1;
        } else if (json[at] == '<') {
            safe += "\\u003c";
        } else if (json[at] == '>') {
            safe += "\\u003e";
        } else if (json[at] == '&') {
            safe += "\\u0026";
        } else {
            safe += json[at];
        }
    }
    return safe;
}

}  // namespace shanhai::http
