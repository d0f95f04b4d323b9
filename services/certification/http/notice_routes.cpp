#include "certification/http/notice_routes.hpp"

#include "certification/http/bodies.hpp"
#include "certification/http/json.hpp"
#include "certification/http/staff.hpp"
#include "chassis/http/page.hpp"
#include "chassis/http/parameters.hpp"

namespace shanhai::certification {

using http::Method;
using http::Request;

void NoticeRoutes::mount(http::Router& router) {
    router.on(Method::get, "/v1/notices{?cursor,limit}", [this](const Request& r) { return list(r); });
    router.on(Method::get, "/v1/notices/{application_id}", [this](const Request& r) { return show(r); });
    router.on(Method::get, "/v1/notices/{application_id}/objections{?cursor,limit}",
              [this](const Request& r) { return list_answered(r); });
    router.on(Method::post, "/v1/notices/{application_id}/objections",
              [this](const Request& r) { return object(r); });
    router.on(Method::post, "/v1/objections/{objection_id}/answer",
              [this](const Request& r) { return answer(r); });
}

NoticeRoutes::Answer NoticeRoutes::list(const Request& request) {
    const auto page = cursors_.page_of(request);
    if (!page) co_return http::respond_with(page.error());
    const auto after = page->after_id<ApplicationId>();
    const auto found = co_await applying_.notices(after, page->limit + 1);
    if (!found) co_return http::respond_with(found.error());
    co_return http::page_response(*found, *page, cursors_, notice_json);
}

NoticeRoutes::Answer NoticeRoutes::show(const Request& request) {
    const auto id = http::id_in_path<ApplicationId>(request, "application_id");
    if (!id) co_return http::respond_with(id.error());
    const auto found = co_await applying_.notice(*id);
    if (!found) co_return http::respond_with(found.error());
    co_return http::json_response(notice_json(*found));
}

NoticeRoutes::Answer NoticeRoutes::list_answered(const Request& request) {
    const auto id = http::id_in_path<ApplicationId>(request, "application_id");
    if (!id) co_return http::respond_with(id.error());
    const auto page = cursors_.page_of(request);
    if (!page) co_return http::respond_with(page.error());
    const auto after = page->after_id<ObjectionId>();
    const auto found = co_await applying_.answered(*id, after, page->limit + 1);
    if (!found) co_return http::respond_with(found.error());
    co_return http::page_response(*found, *page, cursors_);
}

NoticeRoutes::Answer NoticeRoutes::object(const Request& request) {
    const auto id = http::id_in_path<ApplicationId>(request, "application_id");
    if (!id) co_return http::respond_with(id.error());
    auto objection = objection_in(request);
    if (!objection) co_return http::respond_with(objection.error());
    const auto made = co_await applying_.object(*id, std::move(*objection));
    if (!made) co_return http::respond_with(made.error());
    co_return http::json_response(json_of(made->objection), made->repeated ? 200 : 201);
}

NoticeRoutes::Answer NoticeRoutes::answer(const Request& request) {
    const auto author = certifier_of(request);
    if (!author) co_return http::respond_with(author.error());
    const auto id = http::id_in_path<ObjectionId>(request, "objection_id");
    if (!id) co_return http::respond_with(id.error());
    auto text = answer_in(request);
    if (!text) co_return http::respond_with(text.error());
    const auto answered = co_await applying_.answer(*id, std::move(*text), *author);
    if (!answered) co_return http::respond_with(answered.error());
    co_return http::json_response(json_of(*answered));
}

}  // namespace shanhai::certification
