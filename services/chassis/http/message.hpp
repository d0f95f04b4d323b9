#pragma once

#include "vocabulary/result.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shanhai::http {

enum class Method { get, head, post, put, patch, remove, options };

/// What a handler needs to know of a request; Beast is not visible past server.cpp. All texts are
/// views into the connection's buffer: they live until the handler's answer is complete, no longer.
struct Request {
    using Pair = std::pair<std::string_view, std::string_view>;

    Method method = Method::get;
    std::string_view path;   ///< Decoded, without the query: "/v1/orders".
    std::string_view query;  ///< Encoded, without the question mark.
    std::string_view body;
    std::string_view remote_address;  ///< Of the peer, or of the client when a trusted proxy names it.
    std::string_view trace_id;        ///< 32 hex digits (W3C trace context); made here when none came.
    std::vector<Pair> headers;        ///< As sent; look them up with header().
    std::vector<Pair> parameters;     ///< What the route's {names} matched; see parameter().

    /// The value of a header, its name compared without case; empty when it is absent.
    std::string_view header(std::string_view name) const;
    /// What the route's {name} matched; throws std::logic_error for a name the route does not have.
    std::string_view parameter(std::string_view name) const;
    /// The decoded value of a query parameter, or nothing.
    std::optional<std::string> query_value(std::string_view name) const;
    /// The token of "Authorization: Bearer …"; empty when there is none.
    std::string_view bearer_token() const;
};

struct Response {
    int status = 200;
    std::string body;
    std::string content_type = "application/json";
    std::vector<std::pair<std::string, std::string>> headers;
    /// When set, the body is these shared bytes instead, never copied per request.
    std::shared_ptr<const std::string> shared_body;
};

/// The one place where a Failure becomes an HTTP status: an RFC 9457 problem document whose `type`
/// is "urn:shanhai:problem:<code>", with `errors: [{pointer, detail}]` where fields are at fault.
Response respond_with(const Error& error);

}  // namespace shanhai::http
