#pragma once

#include "chassis/http/message.hpp"
#include "chassis/security/operations.hpp"

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace shanhai::http {

/// Answers a request that may have to wait. The request outlives the answer.
using Handler = std::function<boost::asio::awaitable<Response>(const Request&)>;
/// Answers from memory, at once, on the connection's thread: the hot paths.
using QuickHandler = std::function<Response(const Request&)>;

/// Decides by its head whether a request may pass, and puts who asks into it; or says why not.
using Admission = std::function<std::optional<Error>(const security::Operation&, Request&)>;

/// Counts and times the answers of one route (http_requests_total, http_request_seconds). The measures are
/// looked up once per status, not once per request.
class RouteMeter;

/// Maps a method and a path to the handler that answers it. A path segment "{name}" matches any one
/// segment, and a last segment "{name...}" all the rest; a literal segment wins over a parameter. A pattern
/// ends with the names that the query may have: "/v1/products{?county,limit}".
///
/// This is where a request is refused that cannot mean anything, before any handler sees it: 400
/// `malformed-path` or `malformed-query` for a value that is not UTF-8 in percent encoding or holds a NUL,
/// for a declared name that comes twice, and, below /v1/, for a name that the route does not declare (a
/// misspelt filter must not answer everything). Elsewhere, where links pass through other people's hands,
/// what is not declared is left alone.
///
/// Filled before the server starts, read-only afterwards.
class Router {
public:
    Router();
    ~Router();

    /// From now on a route needs a row in the table of operations (proto/operations.csv), and `admit` is
    /// asked before its handler runs. Tests of the router itself do without.
    void guard(security::Port port, Admission admit);

    /// Throws std::logic_error when the route exists already, or has no row in the table.
    void on(Method method, std::string_view pattern, Handler handler);
    void on_quick(Method method, std::string_view pattern, QuickHandler handler);

    /// Where a request goes. `route` is the pattern (for metrics and logs: never a path with ids in it).
    struct Match {
        const Handler* handler = nullptr;
        const QuickHandler* quick = nullptr;
        std::string_view route;
        std::string allow;  ///< With neither handler: the methods the path has (405), or empty (404).
        const security::Operation* operation = nullptr;  ///< Its row in the table, when guarded.
        std::optional<Error> refusal{};                  ///< Then there is no handler.
        RouteMeter* meter = nullptr;                     ///< Never null in what match() returns.
    };
    /// Fills in the request's parameters and principal. Needs the request's head only. HEAD falls back to
    /// GET.
    Match match(Request& request) const;

    /// The answer of a match that need not wait: of its quick handler, or its refusal (400, 401, 403 …), or
    /// 404, 405 with Allow, or 204 with Allow to OPTIONS. Whatever a handler throws becomes a logged 500
    /// without details.
    Response answer_now(const Match& match, const Request& request) const;
    /// The answer of a match that has a (waiting) handler.
    boost::asio::awaitable<Response> answer_later(const Match& match, const Request& request) const;

    /// Finds and runs the handler, of either kind.
    boost::asio::awaitable<Response> answer(Request& request) const;

    /// For requests that cannot even be read.
    RouteMeter& refusals() const;

    /// Every route as "METHOD pattern{?names}", sorted; the contract tests compare it with proto/openapi.
    std::vector<std::string> routes() const;

private:
    struct Node;
    struct Endpoint;
    Endpoint& add(Method method, std::string_view pattern);

    std::optional<Error> refusal_of(const Endpoint& endpoint, Request& request) const;

    security::Port port_ = security::Port::public_;
    Admission admit_;  // Empty: nobody is asked.
    std::unique_ptr<Node> root_;
    std::unique_ptr<RouteMeter> unknown_;
    std::unique_ptr<RouteMeter> refused_;
};

/// Adds one answer to a route's measures. Cheap, and safe from any thread.
void count_answer(RouteMeter& meter, Method method, int status, std::chrono::nanoseconds taken);

}  // namespace shanhai::http
