#pragma once

#include <string>
#include <string_view>

namespace shanhai::http {

/// What a page says of itself to whoever does not run its program: the previews of links that people send
/// each other (Open Graph), and search engines.
struct PageHead {
    std::string title;
    std::string description;
};

/// The page with this head in the place of its own: <title>, description, og:title and og:description. What
/// the page does not have is not added.
std::string with_head(std::string html, const PageHead& head);

/// The page with the absolute addresses that Open Graph wants: "/card.png" becomes
/// "https://shop.example/card.png".
std::string with_origin(std::string html, std::string_view origin);

}  // namespace shanhai::http
