#include "channel/http/scan_filter.hpp"

#include <algorithm>
#include <array>

namespace shanhai::channel {
namespace {

constexpr http::Allowance each_network_and_code{60, 60, std::chrono::seconds{60}};

/// What user agents say of themselves, in lower case. Crawlers give the address of their page ("+http");
/// "bot" alone would also be a make of telephones.
constexpr std::array<std::string_view, 12> automatic = {"bot/",      "bot;",    "bot)",       "+http",
                                                        "spider",    "crawler", "preview",    "externalhit",
                                                        "whatsapp/", "facebot", "lighthouse", "dingtalkbot"};

bool contains_without_case(std::string_view text, std::string_view wanted) {
    constexpr auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    const auto same = [lower](char left, char right) { return lower(left) == right; };
    // clang 14 cannot read the subrange of libstdc++ 12 that std::ranges::search gives.
    return std::search(text.begin(), text.end(), wanted.begin(), wanted.end(), same) != text.end();
}

bool is_ahead_of_people(std::string_view purpose) {
    return contains_without_case(purpose, "prefetch") || contains_without_case(purpose, "prerender") ||
           contains_without_case(purpose, "preview");
}

/// What a browser says of a request that did not put the page before somebody: a picture, a script's fetch, a
/// frame within another page. Apps and old browsers say nothing.
bool is_no_page_for_a_reader(std::string_view name, std::string_view value) {
    if (http::equal_without_case(name, "Sec-Fetch-Mode")) return !http::equal_without_case(value, "navigate");
    return http::equal_without_case(name, "Sec-Fetch-Dest") && !http::equal_without_case(value, "document");
}

bool is_automatic(std::string_view agent) {
    return std::ranges::any_of(automatic, [agent](auto name) { return contains_without_case(agent, name); });
}

}  // namespace

bool is_of_a_person(const http::Request& request) {
    if (request.method != http::Method::get) return false;
    return std::ranges::none_of(request.headers, [](const auto& header) {
        const auto& [name, value] = header;
        if (http::equal_without_case(name, "User-Agent")) return is_automatic(value);
        if (is_no_page_for_a_reader(name, value)) return true;
        const bool tells_purpose =
            http::equal_without_case(name, "Sec-Purpose") || http::equal_without_case(name, "Purpose") ||
            http::equal_without_case(name, "X-Purpose") || http::equal_without_case(name, "X-Moz");
        return tells_purpose && is_ahead_of_people(value);
    });
}

bool ScanCap::counts(PlacementId placement, std::uint64_t network, http::LimiterClock::time_point at) {
    if (network == 0) return true;
    const auto key = (number(placement) * 0x9e37'79b9'7f4a'7c15ULL) ^ (network * 0xc2b2'ae3d'27d4'eb4fULL);
    return buckets_.take(key ^ (key >> 29), at, each_network_and_code).taken;
}

}  // namespace shanhai::channel
