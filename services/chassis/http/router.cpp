#include "chassis/http/router.hpp"

#include "chassis/http/route_meter.hpp"
#include "chassis/observe/log.hpp"
#include "vocabulary/text.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <stdexcept>

namespace shanhai::http {
namespace {

/// Who is signed in is told more of some things than everybody: no cache may mix the two up.
Response by_reader(const security::Operation* operation, Response response) {
    if (operation != nullptr && operation->anybody && operation->signs_in() && operation->reads())
        vary_by(response, "Authorization");
    return response;
}

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

/// "county, limit", or "none".
std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
    return text.empty() ? "none" : text;
}

/// The names in the "{?county,limit}" at a pattern's end, sorted.
std::vector<std::string> names_of_query(std::string_view pattern) {
    std::vector<std::string> names;
    const auto begin = pattern.find("{?");
    if (begin == std::string_view::npos) return names;
    auto rest = pattern.substr(begin + 2);
    if (!rest.ends_with('}'))
        throw std::logic_error{"the query's names end a route: " + std::string{pattern}};
    rest.remove_suffix(1);
    while (!rest.empty()) {
        names.emplace_back(rest.substr(0, rest.find(',')));
        rest.remove_prefix(std::min(names.back().size() + 1, rest.size()));
    }
    std::ranges::sort(names);
    return names;
}

Error malformed(std::string code, std::string detail) {
    return Error{Failure::malformed, std::move(code), std::move(detail)};
}

/// What was sent, decoded; the request owns it where it differs. Nothing when it is not UTF-8 in percent
/// encoding, or holds a NUL.
std::optional<std::string_view> decoded(Request& request, std::string_view sent, bool plus_is_space) {
    const bool plain = sent.find('%') == std::string_view::npos &&
                       (!plus_is_space || sent.find('+') == std::string_view::npos);
    if (!plain) {
        auto text = percent_decoded(sent, plus_is_space);
        if (!text) return std::nullopt;
        sent = request.decoded.emplace_front(std::move(*text));
    }
    return is_utf8(sent) && sent.find('\0') == std::string_view::npos ? std::optional{sent} : std::nullopt;
}

/// Fills in what the {names} of the path matched.
std::optional<Error> read_path(Request& request, const std::vector<std::string>& names,
                               std::span<const std::string_view> values) {
    request.parameters.clear();
    request.decoded.clear();
    for (std::size_t i = 0; i < names.size(); ++i) {
        const bool encoded = !request.encoded_path.empty();  // Else it has been decoded already.
        const auto value = encoded ? decoded(request, values[i], false) : std::optional{values[i]};
        if (!value || !is_utf8(*value))
            return malformed("malformed-path", "The path is not UTF-8 in percent encoding, without NUL.");
        request.parameters.emplace_back(names[i], *value);
    }
    return std::nullopt;
}

/// Fills in what the query says for the names that the route declares.
std::optional<Error> read_query(Request& request, bool strict) {
    request.query_parameters.clear();
    for (auto rest = request.query; !rest.empty();) {
        const auto end = std::min(rest.find('&'), rest.size());
        const auto pair = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (pair.empty()) continue;
        const auto equals = std::min(pair.find('='), pair.size());
        const auto name = decoded(request, pair.substr(0, equals), true);
        const auto& known = *request.query_names;
        if (!name || std::ranges::find(known, *name) == known.end()) {
            if (!strict) continue;
            return malformed(
                "malformed-query",
                "The query has a parameter that is not known here; known are: " + listed(known) + ".");
        }
        const auto value = decoded(request, pair.substr(std::min(equals + 1, pair.size())), true);
        if (!value)
            return malformed("malformed-query", "The value of " + std::string{*name} +
                                                    " is not UTF-8 in percent encoding, without NUL.");
        if (std::ranges::find(request.query_parameters, *name, &Request::Pair::first) !=
            request.query_parameters.end())
            return malformed("malformed-query", "The query gives " + std::string{*name} + " twice.");
        request.query_parameters.emplace_back(*name, *value);
    }
    return std::nullopt;
}

}  // namespace

struct Router::Endpoint {
    std::string pattern;
    std::vector<std::string> names;        // Of the parameters, from left to right.
    std::vector<std::string> query_names;  // Sorted.
    bool strict = false;                   // Whether the query may have those names only.
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
            auto route = std::string{name_of(static_cast<Method>(i))} + ' ' + endpoints[i]->pattern;
            for (const auto& name : endpoints[i]->query_names) {
                route += (&name == &endpoints[i]->query_names.front() ? "{?" : ",") + name;
            }
            routes.push_back(endpoints[i]->query_names.empty() ? route : route + '}');
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

Router::Endpoint& Router::add(Method method, std::string_view whole_pattern) {
    auto query_names = names_of_query(whole_pattern);
    const auto pattern = whole_pattern.substr(0, whole_pattern.find("{?"));
    if (!pattern.starts_with('/'))
        throw std::logic_error{"a route starts with a slash: " + std::string{pattern}};
    auto endpoint = std::make_unique<Endpoint>();
    endpoint->pattern = pattern;
    endpoint->query_names = std::move(query_names);
    endpoint->strict = pattern.starts_with("/v1/");
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
    const auto refused = [&match](std::optional<Error>&& refusal) {
        if (refusal) match.refusal = std::move(refusal);
        return match.refusal.has_value();
    };
    if (refused(refusal_of(*endpoint, request))) return match;
    request.route = endpoint->pattern;
    request.query_names = &endpoint->query_names;
    if (refused(read_path(request, endpoint->names, matched.values))) return match;
    if (refused(read_query(request, endpoint->strict))) return match;
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
            return by_reader(match.operation, (*match.quick)(request));
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
        auto response = co_await (*match.handler)(request);
        co_return by_reader(match.operation, std::move(response));
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
