#include "certification/http/proposal_routes.hpp"

#include "certification/http/bodies.hpp"
#include "certification/http/json.hpp"
#include "certification/http/staff.hpp"
#include "chassis/http/page.hpp"
#include "chassis/http/parameters.hpp"

namespace shanhai::certification {

using http::Method;
using http::Request;

void ProposalRoutes::mount(http::Router& router) {
    router.on(Method::get, "/v1/proposals{?certification_id,outcome,cursor,limit}",
              [this](const Request& r) { return list(r); });
    router.on(Method::post, "/v1/proposals/{proposal_id}/answer",
              [this](const Request& r) { return answer(r); });
}

ProposalRoutes::Answer ProposalRoutes::list(const Request& request) {
    const auto page = cursors_.page_of(request);
    if (!page) co_return http::respond_with(page.error());
    http::Parameters parameters{request};
    ProposalFilter filter;
    filter.certification = parameters.optional_id<CertificationId>("certification_id");
    filter.outcome = parameters.optional_choice<ProposalOutcome>("outcome", from_wire_name<ProposalOutcome>);
    if (auto error = parameters.complaints()) co_return http::respond_with(*error);
    // What an office doubts and has not decided is no other office's business.
    const auto author = author_of(request);
    if (!request.staff().has("auditor")) filter.organisation = author.organisation;
    const auto after = page->after_id<ProposalId>();
    const auto found = co_await certifying_.proposals(filter, after, page->limit + 1);
    if (!found) co_return http::respond_with(found.error());
    co_return http::page_response(*found, *page, cursors_);
}

ProposalRoutes::Answer ProposalRoutes::answer(const Request& request) {
    const auto author = certifier_of(request);
    if (!author) co_return http::respond_with(author.error());
    const auto id = http::id_in_path<ProposalId>(request, "proposal_id");
    if (!id) co_return http::respond_with(id.error());
    auto word = second_word_in(request);
    if (!word) co_return http::respond_with(word.error());
    const auto changed = co_await certifying_.answer(*id, word->agreed, std::move(word->reason), *author);
    if (!changed) co_return http::respond_with(changed.error());
    co_return http::json_response(json_of(*changed, clock_.now()));
}

}  // namespace shanhai::certification
