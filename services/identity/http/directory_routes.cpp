#include "identity/http/directory_routes.hpp"

#include "identity/http/identity_json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>

namespace shanhai::identity {
namespace {

namespace json = boost::json;

http::Response answer(int status, const json::object& body) {
    http::Response response;
    response.status = status;
    response.body = json::serialize(body);
    return response;
}

/// 0, which no id is, for anything else than a number.
std::uint64_t id_in(std::string_view text) {
    std::uint64_t id = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
    return error == std::errc{} && end == text.data() + text.size() ? id : 0;
}

}  // namespace

void DirectoryRoutes::mount(http::Router& router) {
    using http::Method;
    using http::Request;
    router.on(Method::post, "/v1/accounts", [this](const Request& request) { return open_account(request); });
    router.on(Method::post, "/v1/accounts/{account_id}/state",
              [this](const Request& request) { return set_state(request); });
    router.on(Method::post, "/v1/organisations",
              [this](const Request& request) { return register_organisation(request); });
    router.on(Method::get, "/v1/organisations",
              [this](const Request& request) { return list_organisations(request); });
}

DirectoryRoutes::Answer DirectoryRoutes::open_account(const http::Request& request) {
    const auto principal = verifier_.require(request, {"admin"});
    if (!principal) co_return http::respond_with(principal.error());
    auto account = account_of(request);
    if (!account) co_return http::respond_with(account.error());

    auto hash = co_await passwords_.hash(account->password());
    if (!hash) co_return http::respond_with(hash.error());
    const auto opened = co_await store_.open_account(std::move(*account), std::move(*hash));
    if (!opened) co_return http::respond_with(opened.error());
    co_return answer(201, to_json(*opened));
}

DirectoryRoutes::Answer DirectoryRoutes::set_state(const http::Request& request) {
    const auto principal = verifier_.require(request, {"admin"});
    if (!principal) co_return http::respond_with(principal.error());
    const auto disabled = disabled_of(request);
    if (!disabled) co_return http::respond_with(disabled.error());
    const auto id = id_in(request.parameter("account_id"));
    if (id == principal->account && *disabled) {
        co_return http::respond_with(Error{Failure::conflict, "own-account",
                                           "nobody can disable the account they are signed in with"});
    }
    const auto done = co_await store_.set_disabled(AccountId{id}, *disabled);
    if (!done) co_return http::respond_with(done.error());
    http::Response response;
    response.status = 204;
    co_return response;
}

DirectoryRoutes::Answer DirectoryRoutes::register_organisation(const http::Request& request) {
    const auto principal = verifier_.require(request, {"operator"});
    if (!principal) co_return http::respond_with(principal.error());
    auto facts = organisation_of(request);
    if (!facts) co_return http::respond_with(facts.error());
    const auto registration = co_await store_.register_organisation(std::move(*facts));
    if (!registration) co_return http::respond_with(registration.error());
    co_return answer(registration->made ? 201 : 200, to_json(registration->organisation));
}

DirectoryRoutes::Answer DirectoryRoutes::list_organisations(const http::Request& request) {
    const auto principal = verifier_.verify(request.bearer_token());
    if (!principal) co_return http::respond_with(principal.error());
    const auto page = cursors_.page_of(request);
    if (!page) co_return http::respond_with(page.error());

    // One more than is shown tells whether there is a next page.
    const auto found = co_await store_.organisations(OrganisationId{id_in(page->after)}, page->limit + 1);
    if (!found) co_return http::respond_with(found.error());
    json::array items;
    for (std::size_t i = 0; i < std::min(found->size(), page->limit); ++i)
        items.push_back(to_json((*found)[i]));
    json::object body;
    body["items"] = std::move(items);
    body["next"] = nullptr;
    if (found->size() > page->limit) {
        body["next"] = cursors_.encode(std::to_string(number((*found)[page->limit - 1].id)));
    }
    co_return answer(200, body);
}

}  // namespace shanhai::identity
