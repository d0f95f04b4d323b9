#include "identity/http/organisation_routes.hpp"

#include "chassis/http/history.hpp"
#include "chassis/http/parameters.hpp"
#include "identity/http/identity_json.hpp"

#include <boost/json/serialize.hpp>

namespace shanhai::identity {

using http::Method;
using http::Request;

namespace {

std::string tag_of(const Organisation& organisation) {
    return http::etag_of(boost::json::serialize(json_of(organisation)));
}

}  // namespace

void OrganisationRoutes::mount(http::Router& router) {
    router.on(Method::get, "/v1/organisations/{organisation_id}",
              [this](const Request& r) { return show(r); });
    router.on(Method::put, "/v1/organisations/{organisation_id}",
              [this](const Request& r) { return correct(r); });
    router.on(Method::get, "/v1/organisations/{organisation_id}/changes{?cursor,limit}",
              [this](const Request& r) { return list_changes(r); });
}

OrganisationRoutes::Answer OrganisationRoutes::show(const Request& request) {
    const auto id = http::id_in_path<OrganisationId>(request, "organisation_id");
    if (!id) co_return http::respond_with(id.error());
    const auto found = co_await correcting_.find(*id);
    if (!found) co_return http::respond_with(found.error());
    co_return http::conditional(request, http::json_response(json_of(*found)), tag_of(*found));
}

OrganisationRoutes::Answer OrganisationRoutes::correct(const Request& request) {
    const auto id = http::id_in_path<OrganisationId>(request, "organisation_id");
    if (!id) co_return http::respond_with(id.error());
    auto wanted = correction_of(request);
    if (!wanted) co_return http::respond_with(wanted.error());
    const auto seen = co_await correcting_.find(*id);
    if (!seen) co_return http::respond_with(seen.error());
    if (const auto stale = http::check_if_match(request, tag_of(*seen))) co_return http::respond_with(*stale);
    const AccountId by{request.staff().account};
    const auto changed = co_await correcting_.correct(*id, std::move(*wanted), seen->version, by,
                                                      request.staff().has("admin"));
    if (!changed) co_return http::respond_with(changed.error());
    auto response = http::json_response(json_of(*changed));
    response.headers.emplace_back("ETag", tag_of(*changed));
    co_return response;
}

OrganisationRoutes::Answer OrganisationRoutes::list_changes(const Request& request) {
    const auto id = http::id_in_path<OrganisationId>(request, "organisation_id");
    if (!id) co_return http::respond_with(id.error());
    auto read = [this, id = *id](std::uint64_t after, std::size_t count) {
        return correcting_.changes(id, after, count);
    };
    co_return co_await http::history_page(request, cursors_, read);
}

}  // namespace shanhai::identity
