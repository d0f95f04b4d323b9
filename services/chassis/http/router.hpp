#pragma once

#include "chassis/http/message.hpp"

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace shanhai::http {

/// Answers a request that may have to wait. The request outlives the answer.
using Handler = std::function<boost::asio::awaitable<Response>(const Request&)>;
/// Answers from memory, at once, on the connection's thread: the hot paths.
using QuickHandler = std::function<Response(const Request&)>;

/// Maps a method and a path to the handler that answers it. A path segment "{name}" matches any one
/// segment, and a last segment "{name...}" all the rest; a literal segment wins over a parameter.
/// Filled before the server starts, read-only afterwards.
class Router {
public:
    Router();
    ~Router();

    /// Throws std::logic_error when the route exists already.
    void on(Method method, std::string_view pattern, Handler handler);
    void on_quick(Method method, std::string_view pattern, QuickHandler handler);

    /// Where a request goes. `route` is the pattern (for metrics and logs: never a path with ids in it).
    struct Match {
        const Handler* handler = nullptr;
        const QuickHandler* quick = nullptr;
        std::string_view route;
        std::string allow;  ///< With neither handler: the methods the path has (405), or empty (404).
    };
    /// Fills in request.parameters. HEAD falls back to GET.
    Match match(Request& request) const;

    /// Finds and runs the handler: 404 for an unknown path, 405 with Allow for another method, and
    /// 500 without details for whatever a handler throws, which is logged.
    boost::asio::awaitable<Response> answer(Request& request) const;

    /// Every route as "METHOD pattern", sorted; the contract tests compare it with proto/openapi.
    std::vector<std::string> routes() const;

private:
    struct Node;
    std::unique_ptr<Node> root_;
};

}  // namespace shanhai::http
