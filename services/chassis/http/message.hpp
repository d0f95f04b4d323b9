#pragma once

#include "chassis/security/principal.hpp"
#include "vocabulary/reader.hpp"
#include "vocabulary/result.hpp"

#include <algorithm>
#include <cstdint>
#include <forward_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shanhai::http {

enum class Method { get, head, post, put, patch, remove, options };

/// "GET", "DELETE" …
std::string_view name_of(Method method);

/// What a handler needs to know of a request; Beast is not visible past server.cpp. All texts are
/// views into the connection's buffer: they live until the handler's answer is complete, no longer.
struct Request {
    using Pair = std::pair<std::string_view, std::string_view>;

    Method method = Method::get;
    std::string_view path;       ///< Decoded, without the query: "/v1/orders".
    std::string_view query;      ///< Encoded, without the question mark.
    std::string_view authority;  ///< Host and port that the caller meant; empty in HTTP/1.0 without Host.
    std::string_view body;
    std::string_view remote_address;   ///< Of the peer, or of the client when a trusted proxy names it.
    std::uint64_t remote_network = 0;  ///< The same for limits, as network_of() tells; 0: not known.
    std::string_view trace_id;         ///< 32 hex digits (W3C trace context); made here when none came.
    std::vector<Pair> headers;         ///< As sent; look them up with header().
    std::vector<Pair> parameters;      ///< What the route's {names} matched, decoded; read with Parameters.
    /// What the query gives for the names that the route declares, decoded; read with Parameters.
    std::vector<Pair> query_parameters;
    const std::vector<std::string>* query_names = nullptr;  ///< The names that the route declares.
    std::string_view route;                                 ///< Its pattern, without the query's names.
    /// The path as sent. Routes match this one, so that a parameter may hold a slash ("%2F"). Empty: `path`.
    std::string_view encoded_path;
    std::forward_list<std::string> decoded;  ///< Owns the parameters that differ from what was sent.
    /// Who is signed in, as far as the operation asks: the gate has checked it before any handler runs.
    std::optional<security::Principal> principal{};

    /// The value of a header, its name compared without case; empty when it is absent.
    std::string_view header(std::string_view name) const;
    /// Who is signed in. Throws std::logic_error where the table of operations lets people in without.
    const security::Principal& staff() const;
    /// Who reads, signed in or not.
    Reader reader() const;
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
    /// Why it is a 500: for our log, together with the request's trace id, and never sent.
    std::string internal_cause{};

    std::string_view content() const { return shared_body ? std::string_view{*shared_body} : body; }
};

/// Whether its header Vary names this header of the request (RFC 9110, section 12.5.5).
bool varies_by(const Response& response, std::string_view header);
/// Lets it name this one, too.
void vary_by(Response& response, std::string_view header);

/// RFC 9457.
inline constexpr std::string_view problem_type = "application/problem+json";

/// The one place where a Failure becomes an HTTP status: an RFC 9457 problem document whose `type`
/// is "urn:shanhai:problem:<code>", with `errors: [{pointer, detail}]` where fields are at fault.
/// An internal error's code and message are kept in `internal_cause` for the log, not told to the caller.
Response respond_with(const Error& error);

/// A problem document for a status that no Failure stands for (405, 431 …).
Response problem(int status, std::string_view code, std::string_view detail);

/// Adds the member `trace_id` to a problem document, and logs the cause of an internal error with it; leaves
/// any other response alone.
void name_trace(Response& response, std::string_view trace_id);

/// A strong entity tag (RFC 9110, section 8.8.3), with its quotes, that differs when a bit of the body does.
std::string etag_of(std::string_view body);

/// Whether If-None-Match says that the caller has this version already, so that `not_modified` will do.
bool has_current(const Request& request, std::string_view etag);

/// 304 with the tag; it has no body.
Response not_modified(std::string_view etag);

/// `response` with its ETag, or 304 when the caller has it already.
Response conditional(const Request& request, Response response, std::string_view etag);

/// For writes: 428 `if-match-missing` without If-Match, 412 `version-stale` when it does not name `etag`.
std::optional<Error> check_if_match(const Request& request, std::string_view etag);

/// Undoes percent-encoding; nothing when it is broken or hides a NUL.
std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space = false);

/// Compares without ASCII case, as header names are.
inline bool equal_without_case(std::string_view left, std::string_view right) {
    constexpr auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::ranges::equal(left, right, {}, lower, lower);
}

/// Without the blanks and tabs around it (OWS, RFC 9110, section 5.6.3).
std::string_view trimmed(std::string_view text);

}  // namespace shanhai::http
