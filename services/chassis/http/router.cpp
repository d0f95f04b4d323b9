#include "chassis/http/router.hpp"

#include "chassis/http/route_meter.hpp"
#include "chassis/observe/log.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace shanhai::http {
namespace {

constexpr std::size_t methods = 7;
constexpr std::size_t segments_max = 64;

bool is_parameter(std::string_view segment) { return segment.starts_with('{') && segment.ends_with('}'); }
bool is_rest(std::string_view segment) { return is_parameter(segment) && segment.ends_with("...}"); }

std::string_view name_in(std::string_view segment) {
    return segment.substr(1, segment.size() - (is_rest(segment) ? 5 : 2));
}

/// Cuts the first segment off "a/b/c"; what remains is "b/c".
std::string_view next_segment(std::string_view& rest, bool& last) {
    const auto slash = rest.find('/');
    const auto segment = rest.substr(0, slash);
    last = slash == std::string_view::npos;
    rest = last ? std::string_view{} : rest.substr(slash + 1);
    return segment;
}

}  // namespace

struct Router::Endpoint {
    std::string pattern;
    std::vector<std::string> names;  // Of the parameters, from left to right.
    Handler handler;
    QuickHandler quick;
    const security::Operation* operation = nullptr;
    std::unique_ptr<RouteMeter> meter;
};

struct Router::Node {
    std::vector<std::pair<std::string, std::unique_ptr<Node>>> literals;  // Sorted by segment.
    std::unique_ptr<Node> parameter;
    std::unique_ptr<Node> rest;
    std::array<std::unique_ptr<Endpoint>, methods> endpoints;

    bool has_endpoint() const {
        return std::ranges::any_of(endpoints, [](const auto& endpoint) { return endpoint != nullptr; });
    }

    Node* literal(std::string_view segment) const {
        const auto found = std::ranges::lower_bound(
            literals, segment, {}, [](const auto& entry) { return std::string_view{entry.first}; });
        return found != literals.end() && found->first == segment ? found->second.get() : nullptr;
    }

    Node& child(std::string_view segment) {
        auto* slot = is_rest(segment) ? &rest : is_parameter(segment) ? &parameter : nullptr;
        if (slot == nullptr) {
            const auto at = std::ranges::lower_bound(
                literals, segment, {}, [](const auto& entry) { return std::string_view{entry.first}; });
            if (at != literals.end() && at->first == segment) return *at->second;
            return *literals.emplace(at, segment, std::make_unique<Node>())->second;
        }
        if (*slot == nullptr) *slot = std::make_unique<Node>();
        return **slot;
    }

    /// What the parameters of the path matched, as sent.
    struct Matched {
        std::array<std::string_view, segments_max> values;
        std::size_t count = 0;
    };

    /// The node for a path, literals first; a branch that leads nowhere is given up for the next one.
    const Node* find(std::string_view path, Matched& matched) const {
        bool last = false;
        auto remaining = path;
        const auto segment = next_segment(remaining, last);
        const auto follow = [&](const Node* node) -> const Node* {
            if (node == nullptr) return nullptr;
            if (last) return node->has_endpoint() ? node : nullptr;
            return node->find(remaining, matched);
        };
        if (const auto* found = follow(literal(segment))) return found;
        const auto before = matched.count;
        if (parameter != nullptr && !segment.empty() && before < segments_max) {
            matched.values[matched.count++] = segment;
            if (const auto* found = follow(parameter.get())) return found;
            matched.count = before;
        }
        if (rest == nullptr || before == segments_max) return nullptr;
        matched.values[matched.count++] = path;
        return rest.get();
    }

    const Endpoint* endpoint_for(Method method) const {
        const auto* endpoint = endpoints[static_cast<std::size_t>(method)].get();
        if (endpoint == nullptr && method == Method::head) {
            endpoint = endpoints[static_cast<std::size_t>(Method::get)].get();
        }
        return endpoint;
    }

    std::string allow() const {
        std::string names = "OPTIONS";
        for (std::size_t i = 0; i < methods; ++i) {
            if (endpoint_for(static_cast<Method>(i)) == nullptr ||
                static_cast<Method>(i) == Method::options) {
                continue;
            }
            names.append(", ").append(name_of(static_cast<Method>(i)));
        }
        return names;
    }

    void collect(std::vector<std::string>& routes) const {
        for (std::size_t i = 0; i < methods; ++i) {
            if (endpoints[i] == nullptr) continue;
            routes.push_back(std::string{name_of(static_cast<Method>(i))} + ' ' + endpoints[i]->pattern);
        }
        for (const auto& [segment, node] : literals) node->collect(routes);
        if (parameter != nullptr) parameter->collect(routes);
        if (rest != nullptr) rest->collect(routes);
    }
};

Router::Router()
    : root_{std::make_unique<Node>()},
      unknown_{std::make_unique<RouteMeter>("(unknown)")},
      refused_{std::make_unique<RouteMeter>("(unreadable)")} {}
Router::~Router() = default;

Router::Endpoint& Router::add(Method method, std::string_view pattern) {
    if (!pattern.starts_with('/'))
        throw std::logic_error{"a route starts with a slash: " + std::string{pattern}};
    auto endpoint = std::make_unique<Endpoint>();
    endpoint->pattern = pattern;
    endpoint->meter = std::make_unique<RouteMeter>(endpoint->pattern);
    auto* node = root_.get();
    auto remaining = pattern.substr(1);
    for (bool last = false; !last;) {
        const auto segment = next_segment(remaining, last);
        if (is_parameter(segment)) endpoint->names.emplace_back(name_in(segment));
        if (is_rest(segment) && !last) {
            throw std::logic_error{"only the last segment takes the rest: " + std::string{pattern}};
        }
        node = &node->child(segment);
    }
    if (admit_) endpoint->operation = security::find_operation(port_, name_of(method), endpoint->pattern);
    if (admit_ && endpoint->operation == nullptr) {
        throw std::logic_error{"proto/operations.csv does not say who may: " + std::string{name_of(method)} +
                               ' ' + endpoint->pattern};
    }
    auto& slot = node->endpoints[static_cast<std::size_t>(method)];
    if (slot != nullptr) {
        throw std::logic_error{"this route exists already: " + std::string{name_of(method)} + ' ' +
                               std::string{pattern}};
    }
    slot = std::move(endpoint);
    return *slot;
}

void Router::guard(security::Port port, Admission admit) {
    port_ = port;
    admit_ = std::move(admit);
}

void Router::on(Method method, std::string_view pattern, Handler handler) {
    add(method, pattern).handler = std::move(handler);
}

void Router::on_quick(Method method, std::string_view pattern, QuickHandler handler) {
    add(method, pattern).quick = std::move(handler);
}

Router::Match Router::match(Request& request) const {
    Match match;
    match.meter = unknown_.get();
    match.route = unknown_->route();
    const auto path = request.encoded_path.empty() ? request.path : request.encoded_path;
    if (path == "*")
        match.allow = "OPTIONS, GET, HEAD, POST, PUT, PATCH, DELETE";  // Of the server as a whole.
    if (!path.starts_with('/')) return match;
    Node::Matched matched;
    const auto* node = root_->find(path.substr(1), matched);
    if (node == nullptr) return match;
    const auto* endpoint = node->endpoint_for(request.method);
    if (endpoint == nullptr) {
        match.allow = node->allow();
        return match;
    }
    match.route = endpoint->pattern;
    match.meter = endpoint->meter.get();
    match.operation = endpoint->operation;
    match.refusal = refusal_of(*endpoint, request);
    if (match.refusal) return match;
    request.parameters.clear();
    for (std::size_t i = 0; i < matched.count; ++i) {
        auto value = matched.values[i];
        if (!request.encoded_path.empty() && value.find('%') != std::string_view::npos) {
            // The server has refused broken encodings already, for the path as a whole.
            value = request.decoded.emplace_front(percent_decoded(value).value_or(std::string{}));
        }
        request.parameters.emplace_back(endpoint->names[i], value);
    }
    match.handler = endpoint->handler ? &endpoint->handler : nullptr;
    match.quick = endpoint->quick ? &endpoint->quick : nullptr;
    return match;
}

std::optional<Error> Router::refusal_of(const Endpoint& endpoint, Request& request) const {
    request.principal.reset();
    if (endpoint.operation == nullptr) return std::nullopt;
    try {
        return admit_(*endpoint.operation, request);
    } catch (const std::exception& error) {
        return Error{Failure::internal, "gate-threw", endpoint.pattern + ": " + error.what()};
    }
}

Response Router::answer_now(const Match& match, const Request& request) const {
    if (match.quick != nullptr) {
        try {
            return (*match.quick)(request);
        } catch (const std::exception& error) {
            return respond_with(
                Error{Failure::internal, "handler-threw", std::string{match.route} + ": " + error.what()});
        }
    }
    if (match.refusal) return respond_with(*match.refusal);
    if (match.allow.empty()) return problem(404, "not-found", "Nothing is stored under this path.");
    Response response;
    response.status = 204;
    response.content_type.clear();
    if (request.method != Method::options) {
        response = problem(405, "method-not-allowed", "This path does not take this method; see Allow.");
    }
    response.headers.emplace_back("Allow", match.allow);
    return response;
}

boost::asio::awaitable<Response> Router::answer_later(const Match& match, const Request& request) const {
    std::string reason;
    try {
        co_return co_await (*match.handler)(request);
    } catch (const std::exception& error) {
        reason = error.what();
    }
    co_return respond_with(
        Error{Failure::internal, "handler-threw", std::string{match.route} + ": " + reason});
}

boost::asio::awaitable<Response> Router::answer(Request& request) const {
    const auto found = match(request);
    if (found.handler == nullptr) co_return answer_now(found, request);
    co_return co_await answer_later(found, request);
}

RouteMeter& Router::refusals() const { return *refused_; }

std::vector<std::string> Router::routes() const {
    std::vector<std::string> routes;
    root_->collect(routes);
    std::ranges::sort(routes);
    return routes;
}

}  // namespace shanhai::http
