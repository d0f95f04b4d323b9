#include "identity/http/team_routes.hpp"

#include "chassis/http/page.hpp"
#include "chassis/http/parameters.hpp"
#include "identity/domain/duties.hpp"
#include "identity/domain/password_policy.hpp"
#include "identity/http/identity_json.hpp"
#include "identity/http/team_bodies.hpp"

namespace shanhai::identity {
namespace {

using http::Method;
using http::Request;

/// The secret is told here and never again.
http::Response told_once(boost::json::object body, const std::string& token) {
    body["token"] = token;
    auto response = http::json_response(body, 201);
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

}  // namespace

void TeamRoutes::mount(http::Router& router) {
    router.on(Method::post, "/v1/invitations", [this](const Request& r) { return invite(r); });
    router.on(Method::get, "/v1/invitations{?organisation_id,cursor,limit}",
              [this](const Request& r) { return list_invitations(r); });
    router.on(Method::post, "/v1/invitations/{invitation_id}/withdrawal",
              [this](const Request& r) { return withdraw(r); });
    router.on(Method::post, "/v1/invitations/previews", [this](const Request& r) { return preview(r); });
    router.on(Method::post, "/v1/invitations/acceptances", [this](const Request& r) { return accept(r); });
    router.on(Method::get, "/v1/team{?cursor,limit}", [this](const Request& r) { return list_members(r); });
    router.on(Method::patch, "/v1/team/{account_id}", [this](const Request& r) { return change_member(r); });
    router.on(Method::post, "/v1/accounts/{account_id}/reset-links",
              [this](const Request& r) { return offer_reset(r); });
    router.on(Method::post, "/v1/auth/password-resets", [this](const Request& r) { return reset(r); });
}

TeamRoutes::Answer TeamRoutes::invite(const Request& request) {
    const auto manager = manager_in(request);
    const auto body = invitation_in(request, manager);
    if (!body) co_return http::respond_with(body.error());
    const auto made = co_await teaming_.invite(manager, body->house, body->offer);
    if (!made) co_return http::respond_with(made.error());
    co_return told_once(json_of(made->link, clock_.now()), made->token);
}

TeamRoutes::Answer TeamRoutes::list_invitations(const Request& request) {
    const auto page = cursors_.page_of(request);
    if (!page) co_return http::respond_with(page.error());
    http::Parameters parameters{request};
    const auto house = parameters.optional_id<OrganisationId>("organisation_id");
    if (const auto error = parameters.complaints()) co_return http::respond_with(*error);
    const auto after = page->after_id<LinkId>();
    const auto found = co_await teaming_.invitations(manager_in(request), house, after, page->limit + 1);
    if (!found) co_return http::respond_with(found.error());
    const auto at = clock_.now();
    co_return http::page_response(*found, *page, cursors_,
                                  [at](const Link& link) { return json_of(link, at); });
}

TeamRoutes::Answer TeamRoutes::withdraw(const Request& request) {
    const auto id = http::id_in_path<LinkId>(request, "invitation_id");
    if (!id) co_return http::respond_with(id.error());
    const auto withdrawn = co_await teaming_.withdraw(manager_in(request), *id);
    if (!withdrawn) co_return http::respond_with(withdrawn.error());
    co_return http::json_response(json_of(*withdrawn, clock_.now()));
}

TeamRoutes::Answer TeamRoutes::preview(const Request& request) {
    auto token = token_in(request);
    if (!token) co_return http::respond_with(token.error());
    const auto found = co_await teaming_.preview(std::move(*token));
    if (!found) co_return http::respond_with(found.error());
    boost::json::object body;
    body["organisation_name"] = found->house.facts.name;
    body["role"] = wire_name(found->link.role);
    if (found->link.position) body["position"] = wire_name(*found->link.position);
    body["expires_at"] = rfc3339(found->link.expires);
    co_return http::json_response(body);
}

/// The link first: a stranger without one costs no slow hash.
TeamRoutes::Answer TeamRoutes::accept(const Request& request) {
    auto body = acceptance_in(request);
    if (!body) co_return http::respond_with(body.error());
    const auto open = co_await teaming_.preview(body->token);
    if (!open) co_return http::respond_with(open.error());
    auto hash = co_await passwords_.hash(std::move(body->password));
    if (!hash) co_return http::respond_with(hash.error());
    const auto account = co_await teaming_.accept(std::move(body->token), std::move(body->login),
                                                  std::move(body->name), std::move(*hash));
    if (!account) co_return http::respond_with(account.error());
    co_return http::json_response(json_of(*account), 201);
}

TeamRoutes::Answer TeamRoutes::list_members(const Request& request) {
    const auto page = cursors_.page_of(request);
    if (!page) co_return http::respond_with(page.error());
    const OrganisationId house{request.staff().organisation};
    const auto after = page->after_id<AccountId>();
    auto roles = colleagues_of(request.staff().roles);
    const auto found = co_await teaming_.members(house, std::move(roles), after, page->limit + 1);
    if (!found) co_return http::respond_with(found.error());
    co_return http::page_response(*found, *page, cursors_);
}

TeamRoutes::Answer TeamRoutes::change_member(const Request& request) {
    const auto id = http::id_in_path<AccountId>(request, "account_id");
    if (!id) co_return http::respond_with(id.error());
    const auto change = member_change_in(request);
    if (!change) co_return http::respond_with(change.error());
    const auto changed = co_await teaming_.change(manager_in(request), *id, *change);
    if (!changed) co_return http::respond_with(changed.error());
    co_return http::json_response(json_of(*changed));
}

TeamRoutes::Answer TeamRoutes::offer_reset(const Request& request) {
    const auto id = http::id_in_path<AccountId>(request, "account_id");
    if (!id) co_return http::respond_with(id.error());
    const auto made = co_await teaming_.offer_reset(manager_in(request), *id);
    if (!made) co_return http::respond_with(made.error());
    boost::json::object body;
    body["account_id"] = number(*id);
    body["expires_at"] = rfc3339(made->link.expires);
    co_return told_once(std::move(body), made->token);
}

TeamRoutes::Answer TeamRoutes::reset(const Request& request) {
    auto body = reset_in(request);
    if (!body) co_return http::respond_with(body.error());
    const auto target = co_await teaming_.reset_target(body->token);
    if (!target) co_return http::respond_with(target.error());
    const auto login = *Login::parse(target->login);
    const auto chosen = NewPassword::choose(body->new_password, login, "/new_password");
    if (!chosen) co_return http::respond_with(chosen.error());
    auto hash = co_await passwords_.hash(chosen->text());
    if (!hash) co_return http::respond_with(hash.error());
    const auto done = co_await teaming_.reset(std::move(body->token), std::move(*hash));
    if (!done) co_return http::respond_with(done.error());
    http::Response response;
    response.status = 204;
    co_return response;
}

}  // namespace shanhai::identity
