#include "chassis/http/cursors.hpp"

#include "chassis/http/parameters.hpp"
#include "chassis/security/crypto.hpp"
#include "chassis/security/signed_token.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <vector>

namespace shanhai::http {
namespace {

constexpr std::int64_t page_max = 100;
constexpr std::size_t cursor_mac_bytes = 12;
constexpr std::size_t cursor_size_max = 200;

security::SignedTokens tokens_of(const std::string& key, std::string_view list) {
    return security::SignedTokens{key, "cursor " + std::string{list}, cursor_mac_bytes};
}

/// The route with what narrows it: its path's values and its query's filters, in whatever order they came.
std::string list_of(const Request& request) {
    std::vector<Request::Pair> narrowing;
    std::ranges::copy_if(request.query_parameters, std::back_inserter(narrowing),
                         [](const auto& one) { return one.first != "limit" && one.first != "cursor"; });
    std::ranges::copy(request.parameters, std::back_inserter(narrowing));
    std::string list{request.route};
    if (narrowing.empty()) return list;
    std::ranges::sort(narrowing);
    std::string all;  // Each text with its length before it, so that no two lists are written alike.
    for (const auto& [name, value] : narrowing) {
        for (const auto text : {name, value})
            all.append(std::to_string(text.size())).append(":").append(text);
    }
    return list.append(" ").append(security::sha256(all));
}

}  // namespace

std::uint64_t Cursors::Page::after_number() const {
    std::uint64_t number = 0;
    std::from_chars(after.data(), after.data() + after.size(), number);
    return number;
}

Result<Cursors::Page> Cursors::page_of(const Request& request) const {
    Page page;
    page.list = list_of(request);
    Parameters parameters{request};
    const auto limit = parameters.optional_integer("limit", 1, page_max);
    const auto cursor = parameters.optional_text("cursor", 1, cursor_size_max);
    if (auto error = parameters.complaints()) return *error;
    if (limit) page.limit = static_cast<std::size_t>(*limit);
    if (!cursor) return page;
    auto position = tokens_of(key_, page.list).read(*cursor);
    if (!position)
        return Error{Failure::invalid, "invalid-cursor", "The cursor is not one that this list gave out."};
    page.after = std::move(*position);
    return page;
}

std::string Cursors::encode(const Page& page, std::string_view position) const {
    return tokens_of(key_, page.list).make(position);
}

}  // namespace shanhai::http
