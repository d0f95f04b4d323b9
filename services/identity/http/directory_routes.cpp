#include "identity/http/directory_routes.hpp"

#include "chassis/http/page.hpp"
#include "chassis/http/parameters.hpp"
#include "chassis/security/secrets.hpp"
#include "identity/domain/duties.hpp"
#include "identity/http/identity_json.hpp"

#include <boost/json/array.hpp>
#include <charconv>

namespace shanhai::identity {
namespace {

constexpr std::size_t names_at_once = 50;

/// "3,17": numbers from 1 with commas between.
Result<std::vector<AccountId>> account_ids(std::string_view text) {
    std::vector<AccountId> ids;
    const char* at = text.data();
    const char* const end = at + text.size();
    while (ids.size() < names_at_once) {
        std::uint64_t id = 0;
        const auto [next, fault] = std::from_chars(at, end, id);
        if (fault != std::errc{} || id == 0 || *at == '0') break;
        ids.push_back(AccountId{id});
        if (next == end) return ids;
        if (*next != ',') break;
        at = next + 1;
    }
    return invalid_field("", "is not 1 to 50 account ids with commas between");
}

std::vector<Role> roles_of(const http::Request& request) {
    std::vector<Role> roles;
    for (const auto& name : request.staff().roles) {
        if (const auto role = from_wire_name<Role>(name)) roles.push_back(*role);
    }
    return roles;
}

}  // namespace

void DirectoryRoutes::mount(http::Router& router) {
    using http::Method;
    using http::Request;
    router.on(Method::post, "/v1/accounts", [this](const Request& request) { return open_account(request); });
    router.on(Method::get, "/v1/accounts{?limit,cursor}",
              [this](const Request& request) { return list_accounts(request); });
    router.on(Method::get, "/v1/account-names{?ids}",
              [this](const Request& request) { return list_names(request); });
    router.on(Method::patch, "/v1/accounts/{account_id}",
              [this](const Request& request) { return change_account(request); });
    router.on(Method::post, "/v1/accounts/{account_id}/password",
              [this](const Request& request) { return reset_password(request); });
    router.on(Method::post, "/v1/accounts/{account_id}/state",
              [this](const Request& request) { return set_state(request); });
    router.on(Method::post, "/v1/organisations",
              [this](const Request& request) { return register_organisation(request); });
    router.on(Method::get, "/v1/organisations{?cursor,limit}",
              [this](const Request& request) { return list_organisations(request); });
}

DirectoryRoutes::Answer DirectoryRoutes::open_account(const http::Request& request) {
    auto account = account_of(request);
    if (!account) co_return http::respond_with(account.error());

    auto hash = co_await passwords_.hash(account->password());
    if (!hash) co_return http::respond_with(hash.error());
    const auto opened = co_await store_.open_account(std::move(*account), std::move(*hash));
    if (!opened) co_return http::respond_with(opened.error());
    co_return http::json_response(json_of(*opened), 201);
}

DirectoryRoutes::Answer DirectoryRoutes::set_state(const http::Request& request) {
    const auto disabled = disabled_of(request);
    if (!disabled) co_return http::respond_with(disabled.error());
    const auto id = http::id_in_path<AccountId>(request, "account_id");
    if (!id) co_return http::respond_with(id.error());
    if (number(*id) == request.staff().account && *disabled) {
        co_return http::respond_with(Error{Failure::conflict, "own-account",
                                           "nobody can disable the account they are signed in with"});
    }
    const auto done = co_await store_.set_disabled(*id, *disabled, AccountId{request.staff().account});
    if (!done) co_return http::respond_with(done.error());
    http::Response response;
    response.status = 204;
    co_return response;
}

DirectoryRoutes::Answer DirectoryRoutes::list_accounts(const http::Request& request) {
    const auto page = cursors_.page_of(request);
    if (!page) co_return http::respond_with(page.error());
    const auto after = page->after_id<AccountId>();
    const auto found = co_await store_.accounts(after, page->limit + 1);
    if (!found) co_return http::respond_with(found.error());
    co_return http::page_response(*found, *page, cursors_);
}

DirectoryRoutes::Answer DirectoryRoutes::list_names(const http::Request& request) {
    http::Parameters parameters{request};
    auto ids = parameters.checked<std::vector<AccountId>>("ids", account_ids);
    if (auto error = parameters.complaints()) co_return http::respond_with(*error);
    auto kinds = named_to(roles_of(request));
    const OrganisationId own{request.staff().organisation};
    const auto found = co_await store_.names(std::move(*ids), std::move(kinds), own);
    if (!found) co_return http::respond_with(found.error());
    boost::json::array items;
    for (const auto& one : *found) {
        boost::json::object item;
        item["account_id"] = number(one.id);
        item["name"] = one.name;
        item["organisation_id"] =
            one.house == OrganisationId{} ? boost::json::value{} : boost::json::value(number(one.house));
        items.push_back(std::move(item));
    }
    boost::json::object body;
    body["items"] = std::move(items);
    co_return http::json_response(body);
}

DirectoryRoutes::Answer DirectoryRoutes::change_account(const http::Request& request) {
    auto change = change_of(request);
    if (!change) co_return http::respond_with(change.error());
    const auto id = http::id_in_path<AccountId>(request, "account_id");
    if (!id) co_return http::respond_with(id.error());
    const auto changed = co_await store_.change_account(*id, std::move(*change));
    if (!changed) co_return http::respond_with(changed.error());
    co_return http::json_response(json_of(*changed));
}

/// A password for one use, which is told once, here. Nobody resets their own: whoever knows it changes it.
DirectoryRoutes::Answer DirectoryRoutes::reset_password(const http::Request& request) {
    const auto id = http::id_in_path<AccountId>(request, "account_id");
    if (!id) co_return http::respond_with(id.error());
    if (number(*id) == request.staff().account) {
        co_return http::respond_with(Error{Failure::conflict, "own-account",
                                           "change your own password instead (POST /v1/auth/password)"});
    }
    const auto password = security::typable_password();
    auto hash = co_await passwords_.hash(password);
    if (!hash) co_return http::respond_with(hash.error());
    const auto until = co_await store_.reset_password(*id, std::move(*hash));
    if (!until) co_return http::respond_with(until.error());
    boost::json::object body;
    body["temporary_password"] = password;
    body["expires_at"] = rfc3339(*until);
    auto response = http::json_response(body);
    response.headers.emplace_back("Cache-Control", "no-store");
    co_return response;
}

DirectoryRoutes::Answer DirectoryRoutes::register_organisation(const http::Request& request) {
    auto facts = organisation_of(request);
    if (!facts) co_return http::respond_with(facts.error());
    const auto registration = co_await store_.register_organisation(std::move(*facts));
    if (!registration) co_return http::respond_with(registration.error());
    co_return http::json_response(json_of(registration->organisation), registration->made ? 201 : 200);
}

DirectoryRoutes::Answer DirectoryRoutes::list_organisations(const http::Request& request) {
    const auto page = cursors_.page_of(request);
    if (!page) co_return http::respond_with(page.error());

    const auto after = page->after_id<OrganisationId>();
    const auto found = co_await store_.organisations(after, page->limit + 1);
    if (!found) co_return http::respond_with(found.error());
    co_return http::page_response(*found, *page, cursors_);
}

}  // namespace shanhai::identity
