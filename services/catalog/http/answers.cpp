#include "catalog/http/answers.hpp"

#include "catalog/http/showcase.hpp"
#include "chassis/http/json.hpp"
#include "chassis/http/negotiate.hpp"

#include <algorithm>

namespace shanhai::catalog {
namespace {

Result<Done> only_any(std::string_view text) {
    if (text != "any") return invalid_field("", "is any, or is left out");
    return Done{};
}

}  // namespace

http::Response json_answer(int status, const boost::json::object& body, std::string location) {
    auto response = http::json_response(body, status);
    if (!location.empty()) response.headers.emplace_back("Location", std::move(location));
    return response;
}

http::Response unknown(const std::string& what) {
    return http::respond_with(Error{Failure::not_found, what + "-unknown", "there is no such " + what});
}

bool asks_for_unlisted(http::Parameters& parameters) {
    return parameters.optional_checked<Done>("listed", only_any).has_value();
}

std::optional<std::vector<CountyCode>> area_asked_for(http::Parameters& parameters, const Registry& facts) {
    using Codes = std::vector<CountyCode>;
    return parameters.optional_checked<Codes>("area", [&facts](std::string_view name) -> Result<Codes> {
        auto codes = facts.codes_in(name);
        if (codes.empty()) return invalid_field("", "no province or prefecture is called so");
        std::ranges::sort(codes);
        return codes;
    });
}

Result<std::optional<int>> version_to_follow(const http::Request& request) {
    if (request.header("if-match").empty()) {
        return Error{Failure::precondition_required, "if-match-missing",
                     "If-Match must name the version that this one follows"};
    }
    const auto named = http::entity_tags(request, "if-match");
    if (named.any) return std::optional<int>{};
    std::optional<int> newest;
    for (const auto& tag : named.tags) {
        const auto version = tag.weak ? std::nullopt : version_of_etag(tag.text);  // Compared strongly.
        if (version && version > newest) newest = version;
    }
    if (!newest) return Error{Failure::precondition, "version-stale", "If-Match is no tag of this"};
    return newest;
}

}  // namespace shanhai::catalog
