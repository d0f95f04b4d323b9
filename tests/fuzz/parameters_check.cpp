#include "fuzz/targets.hpp"

#include "chassis/http/parameters.hpp"
#include "chassis/http/router.hpp"
#include "vocabulary/text.hpp"

#include <boost/url/pct_string_view.hpp>

namespace shanhai::fuzz {
namespace {

enum class ThingId : std::uint64_t {};

const http::Router& router() {
    static const auto made = [] {
        auto router = std::make_unique<http::Router>();
        for (const auto* pattern : {"/v1/things/{thing_id}/{name}{?q,limit,flag,other}",
                                    "/things/{thing_id}/{name...}{?q,limit}"}) {
            router->on_quick(http::Method::get, pattern,
                             [](const http::Request&) { return http::Response{}; });
        }
        return router;
    }();
    return *made;
}

/// Somebody else's reading of the same.
std::optional<std::string> decoded(std::string_view text) {
    const auto encoded = boost::urls::make_pct_string_view({text.data(), text.size()});
    if (!encoded) return std::nullopt;
    boost::urls::encoding_opts options;
    options.space_as_plus = true;
    return encoded->decode(options);
}

bool is_said_by(std::string_view query, const http::Request::Pair& parameter) {
    while (!query.empty()) {
        const auto piece = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(piece.size() + 1, query.size()));
        const auto equals = std::min(piece.find('='), piece.size());
        const auto value = piece.substr(std::min(equals + 1, piece.size()));
        if (decoded(piece.substr(0, equals)) == parameter.first && decoded(value) == parameter.second)
            return true;
    }
    return false;
}

std::string fault_of_values(const http::Request& request) {
    for (const auto* pairs : {&request.parameters, &request.query_parameters}) {
        for (const auto& [name, value] : *pairs) {
            if (!is_utf8(value)) return "a value is not UTF-8";
        }
    }
    for (const auto& pair : request.query_parameters) {
        if (!is_said_by(request.query, pair)) return "a value that the query does not say";
    }
    return {};
}

std::string fault_of_reading(const http::Request& request) {
    http::Parameters parameters{request};
    const auto id = static_cast<std::uint64_t>(parameters.id<ThingId>("thing_id"));
    const auto limit = parameters.optional_integer("limit", -7, 100);
    const auto text = parameters.optional_text("q", 1, 20);
    if (request.path.starts_with("/v1/")) parameters.optional_flag("flag");
    const auto complaints = parameters.complaints();
    if (limit && (*limit < -7 || *limit > 100)) return "a number lies out of its bounds";
    if (text) {
        const auto again = human_text(*text, 1, 20);
        if (!again || *again != *text) return "a text is not in the form in which it is stored";
    }
    if (complaints) return http::respond_with(*complaints).status >= 500 ? "a refusal that is our fault" : "";
    return std::to_string(id) == parameters.untyped("thing_id") ? "" : "an id with two spellings";
}

}  // namespace

/// A path, and behind the first line break its query.
std::string fault_of_parameters(std::string_view bytes) {
    const auto end = std::min(bytes.find('\n'), bytes.size());
    http::Request request;
    request.path = bytes.substr(0, end);
    request.query = bytes.substr(std::min(end + 1, bytes.size()));
    if (request.path.find('%') != std::string_view::npos) request.encoded_path = request.path;
    const auto match = router().match(request);
    if (match.refusal) {
        const auto& code = match.refusal->code();
        return code == "malformed-path" || code == "malformed-query" ? "" : "refused as " + code;
    }
    if (match.quick == nullptr) return {};
    auto fault = fault_of_values(request);
    return fault.empty() ? fault_of_reading(request) : fault;
}

}  // namespace shanhai::fuzz
