#include "identity/http/key_routes.hpp"

#include "chassis/http/address.hpp"
#include "chassis/http/page.hpp"
#include "chassis/http/parameters.hpp"
#include "chassis/observe/metrics.hpp"
#include "chassis/security/operations.hpp"
#include "identity/domain/password_policy.hpp"
#include "identity/http/identity_json.hpp"
#include "identity/http/team_bodies.hpp"

#include <algorithm>
#include <boost/json/value_from.hpp>

namespace shanhai::identity {
namespace {

using http::Method;
using http::Request;

constexpr std::chrono::minutes token_life{10};
constexpr std::size_t key_size_max = 100;
constexpr std::size_t code_size_max = 40;
constexpr std::int64_t days_usual = 90;

Result<std::string> known_scope(std::string_view text) {
    const auto known = security::key_scopes();
    if (std::ranges::find(known, text) != known.end()) return std::string{text};
    return invalid_field("", "is no scope");
}

struct WantedBody {
    ApiKeys::Wanted wanted;
    std::string password;
    std::optional<std::string> code;
};
Result<WantedBody> wanted_in(const Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    http::Fields fields{*body};
    WantedBody read;
    read.wanted.name = fields.text("name", 1, ApiKey::name_max);
    auto scopes = fields.all_checked<std::string>("scopes", 1, security::key_scopes().size(), known_scope);
    read.wanted.life =
        std::chrono::days{fields.optional_integer("days", 1, ApiKey::days_max).value_or(days_usual)};
    read.password = fields.secret("password", 1, password_size_max);
    read.code = fields.optional_text("code", 1, code_size_max);
    if (auto error = fields.complaints()) return *error;
    auto distinct = distinct_scopes(std::move(scopes));
    if (!distinct) return distinct.error();
    read.wanted.scopes = std::move(*distinct);
    return read;
}

Result<std::string> key_in(const Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    http::Fields fields{*body};
    auto key = fields.secret("api_key", 1, key_size_max);
    if (auto error = fields.complaints()) return *error;
    return key;
}

boost::json::object json_of(const ApiKey& key, Instant at) {
    boost::json::object body;
    body["api_key_id"] = number(key.id);
    body["organisation_id"] = number(key.house);
    body["name"] = key.name;
    body["prefix"] = key.prefix;
    body["scopes"] = boost::json::value_from(key.scopes);
    body["state"] = wire_name(key.state(at));
    body["made_at"] = rfc3339(key.made);
    body["made_by"] = number(key.made_by);
    body["expires_at"] = rfc3339(key.expires);
    if (key.last_used) body["last_used_at"] = rfc3339(*key.last_used);
    if (key.withdrawn) body["withdrawn_at"] = rfc3339(*key.withdrawn);
    return body;
}

http::Response never_stored(const boost::json::object& body, int status) {
    auto response = http::json_response(body, status);
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

/// A clerk of the house, whatever its maker is: a key looks after nobody.
security::Principal principal_of(const ApiKeys::Opened& opened) {
    security::Principal principal;
    principal.account = number(opened.key.made_by);
    principal.organisation = number(opened.key.house);
    principal.name = opened.key.name + " (" + opened.key.prefix + "…)";
    principal.roles = {std::string{wire_name(Role::merchant)}};
    principal.session = opened.session;
    principal.scopes = opened.key.scopes;
    return principal;
}

std::string in_words(const std::vector<std::string>& scopes) {
    std::string text;
    for (const auto& scope : scopes) text += (text.empty() ? "" : " ") + scope;
    return text;
}

/// So that an attack, or a machine that goes on with an ended key, is seen on a graph.
void count_outcome(const Result<ApiKeys::Opened>& opened) {
    observe::Metrics::process()
        .counter("identity_sessions_total", "Attempts to sign in or to refresh a session",
                 {{"attempt", "api-key"}, {"outcome", opened ? "in" : opened.error().code()}})
        .add();
}

}  // namespace

void KeyRoutes::mount(http::Router& router) {
    router.on(Method::post, "/v1/api-keys", [this](const Request& r) { return make(r); });
    router.on(Method::get, "/v1/api-keys{?cursor,limit}", [this](const Request& r) { return list(r); });
    router.on(Method::post, "/v1/api-keys/{api_key_id}/withdrawal",
              [this](const Request& r) { return withdraw(r); });
    router.on(Method::post, "/v1/auth/tokens", [this](const Request& r) { return exchange(r); });
}

/// Whoever found the desk open makes no key that outlives the hour: the password is asked for again, and the
/// second factor where there is one.
KeyRoutes::Answer KeyRoutes::make(const Request& request) {
    auto body = wanted_in(request);
    if (!body) co_return http::respond_with(body.error());
    const AccountId owner{request.staff().account};
    const auto account = co_await store_.account(owner);
    if (!account) co_return http::respond_with(account.error());
    auto login = *Login::parse(account->login);
    auto address = http::subscriber_of(request.remote_address);
    const auto proven = co_await sign_in_.prove(std::move(login), std::move(body->password),
                                                std::move(body->code), std::move(address));
    if (!proven.result) co_return http::respond_with(proven.result.error());
    const auto made = co_await keys_.make(owner, std::move(body->wanted));
    if (!made) co_return http::respond_with(made.error());
    auto answer = json_of(made->key, clock_.now());
    answer["api_key"] = made->secret;
    co_return never_stored(answer, 201);
}

KeyRoutes::Answer KeyRoutes::list(const Request& request) {
    const auto page = cursors_.page_of(request);
    if (!page) co_return http::respond_with(page.error());
    const auto before = page->after_id<ApiKeyId>();
    const auto found = co_await keys_.list(manager_in(request), before, page->limit + 1);
    if (!found) co_return http::respond_with(found.error());
    const auto at = clock_.now();
    co_return http::page_response(*found, *page, cursors_,
                                  [at](const ApiKey& key) { return json_of(key, at); });
}

KeyRoutes::Answer KeyRoutes::withdraw(const Request& request) {
    const auto id = http::id_in_path<ApiKeyId>(request, "api_key_id");
    if (!id) co_return http::respond_with(id.error());
    const auto withdrawn = co_await keys_.withdraw(manager_in(request), *id);
    if (!withdrawn) co_return http::respond_with(withdrawn.error());
    co_return http::json_response(json_of(*withdrawn, clock_.now()));
}

KeyRoutes::Answer KeyRoutes::exchange(const Request& request) {
    auto key = key_in(request);
    if (!key) co_return http::respond_with(key.error());
    const auto opened = co_await keys_.open(std::move(*key));
    count_outcome(opened);
    if (!opened) co_return http::respond_with(opened.error());
    const auto left = std::chrono::ceil<std::chrono::seconds>(opened->key.expires - opened->at);
    const auto life = std::min<std::chrono::seconds>(token_life, left);
    boost::json::object body;  // As RFC 6749 answers, section 5.1; there is no refresh token: the key is one.
    body["access_token"] = signer_.sign(principal_of(*opened), opened->at, life);
    body["token_type"] = "Bearer";
    body["expires_in"] = life.count();
    body["scope"] = in_words(opened->key.scopes);
    co_return never_stored(body, 200);
}

}  // namespace shanhai::identity
