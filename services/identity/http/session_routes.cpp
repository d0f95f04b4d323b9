#include "identity/http/session_routes.hpp"

#include "chassis/http/address.hpp"
#include "chassis/http/page.hpp"
#include "chassis/observe/log.hpp"
#include "chassis/observe/metrics.hpp"
#include "identity/http/identity_json.hpp"

#include <algorithm>

namespace shanhai::identity {
namespace {

constexpr std::chrono::minutes access_token_life{10};

/// The IETF draft's RateLimit fields: each limit, and the one that is closest.
void tell_limits(http::Response& response, const std::vector<Allowance>& allowances) {
    if (allowances.empty()) return;
    const auto quoted = [](const Allowance& allowance) {
        return '"' + std::string{allowance.limit.name} + '"';
    };
    std::string policy;
    const Allowance* closest = &allowances.front();
    for (const auto& allowance : allowances) {
        if (!policy.empty()) policy += ", ";
        policy += quoted(allowance) + ";q=" + std::to_string(allowance.limit.quota) +
                  ";w=" + std::to_string(allowance.limit.length.count());
        if (allowance.remaining < closest->remaining) closest = &allowance;
    }
    response.headers.emplace_back("RateLimit-Policy", policy);
    response.headers.emplace_back("RateLimit", quoted(*closest) + ";r=" + std::to_string(closest->remaining) +
                                                   ";t=" + std::to_string(closest->reset.count()));
}

Client client_of(const http::Request& request) {
    return {http::subscriber_of(request.remote_address), std::string{request.header("User-Agent")}};
}

/// Counts how attempts end ("in", "login-failed", "login-rate-limited", "refresh-reused" …), so that an
/// attack is seen on a graph. Who it was about is in no metric and no log.
void count_outcome(const char* what, const Result<SignedIn>& signed_in) {
    const std::string outcome = signed_in ? "in" : signed_in.error().code();
    observe::Metrics::process()
        .counter("identity_sessions_total", "Attempts to sign in or to refresh a session",
                 {{"attempt", what}, {"outcome", outcome}})
        .add();
    if (outcome == "refresh-reused") {
        observe::log_warning(outcome, "a refresh token was used twice; its session has been ended");
    }
}

}  // namespace

void SessionRoutes::mount(http::Router& router) {
    using http::Method;
    using http::Request;
    router.on(Method::post, "/v1/auth/login", [this](const Request& request) { return log_in(request); });
    router.on(Method::post, "/v1/auth/refresh", [this](const Request& request) { return refresh(request); });
    router.on(Method::post, "/v1/auth/logout", [this](const Request& request) { return log_out(request); });
    router.on(Method::post, "/v1/auth/logout-all",
              [this](const Request& request) { return log_out_everywhere(request); });
    router.on(Method::post, "/v1/auth/password",
              [this](const Request& request) { return change_password(request); });
    router.on(Method::get, "/v1/auth/me", [this](const Request& request) { return me(request); });
    router.on_quick(Method::get, "/.well-known/jwks.json", [this](const Request&) { return key_set(); });
}

SessionRoutes::Answer SessionRoutes::log_in(const http::Request& request) {
    auto credentials = credentials_of(request);
    if (!credentials) co_return http::respond_with(credentials.error());

    auto client = client_of(request);
    const auto outcome =
        co_await sign_in_.sign_in(std::move(credentials->login), std::move(credentials->password),
                                  std::move(credentials->code), std::move(client));
    count_outcome("login", outcome.result);
    auto response = tokens(outcome.result);
    tell_limits(response, outcome.allowances);
    co_return response;
}

SessionRoutes::Answer SessionRoutes::refresh(const http::Request& request) {
    auto token = refresh_token_of(request);
    if (!token) co_return http::respond_with(token.error());
    auto client = client_of(request);
    const auto signed_in = co_await store_.rotate(std::move(*token), std::move(client));
    count_outcome("refresh", signed_in);
    co_return tokens(signed_in);
}

SessionRoutes::Answer SessionRoutes::log_out(const http::Request& request) {
    auto token = refresh_token_of(request);
    if (!token) co_return http::respond_with(token.error());
    const auto ended = co_await store_.end_session(std::move(*token));
    if (!ended) co_return http::respond_with(ended.error());
    http::Response response;
    response.status = 204;
    co_return response;
}

SessionRoutes::Answer SessionRoutes::log_out_everywhere(const http::Request& request) {
    const AccountId id{request.staff().account};
    const auto ended = co_await store_.end_sessions(id);
    if (!ended) co_return http::respond_with(ended.error());
    http::Response response;
    response.status = 204;
    co_return response;
}

/// Without a token too: whoever has a temporary password gets none. With one, its session goes on.
SessionRoutes::Answer SessionRoutes::change_password(const http::Request& request) {
    auto change = password_change_of(request);
    if (!change) co_return http::respond_with(change.error());
    const auto spared = request.principal ? request.principal->session : 0;
    const AccountId signed_in{request.principal ? request.principal->account : 0};
    auto address = http::subscriber_of(request.remote_address);
    auto login = std::move(change->present.login);
    auto present = std::move(change->present.password);
    const auto outcome = co_await sign_in_.change_password(
        std::move(login), std::move(present), std::move(change->present.code),
        std::move(change->new_password), std::move(address), spared, signed_in);
    http::Response response;
    response.status = 204;
    if (!outcome.result) response = http::respond_with(outcome.result.error());
    tell_limits(response, outcome.allowances);
    co_return response;
}

SessionRoutes::Answer SessionRoutes::me(const http::Request& request) {
    const auto account = co_await store_.account(AccountId{request.staff().account});
    if (!account) co_return http::respond_with(account.error());
    auto response = http::json_response(json_of(*account));
    response.headers.emplace_back("Cache-Control", "no-store");
    co_return response;
}

http::Response SessionRoutes::key_set() const {
    http::Response response;
    response.body = jwks_;
    response.content_type = "application/jwk-set+json";
    response.headers.emplace_back("Cache-Control", "public, max-age=300");
    return response;
}

http::Response SessionRoutes::tokens(const Result<SignedIn>& signed_in) const {
    if (!signed_in) return http::respond_with(signed_in.error());
    boost::json::object body;
    // No token outlives its session.
    const auto left = std::chrono::floor<std::chrono::seconds>(signed_in->until - signed_in->at);
    const auto life = std::min<std::chrono::seconds>(access_token_life, left);
    body["access_token"] = signer_.sign(principal_of(*signed_in), signed_in->at, life);
    body["token_type"] = "Bearer";
    body["expires_in"] = life.count();
    body["refresh_token"] = signed_in->refresh_token;
    auto response = http::json_response(body);
    response.headers.emplace_back("Cache-Control", "no-store");  // RFC 6749, section 5.1.
    return response;
}

}  // namespace shanhai::identity
