#include "certification/http/objection_paper_routes.hpp"

#include "certification/http/staff.hpp"
#include "chassis/http/parameters.hpp"

namespace shanhai::certification {

ObjectionPaperRoutes::ObjectionPaperRoutes(const Reading& reading, files::Uploads& uploads)
    : reading_{reading}, uploads_{uploads, "/v1/objection-papers", nullptr, files::stranger_sender} {}

void ObjectionPaperRoutes::mount(http::Router& router) {
    uploads_.mount(router);
    router.on(http::Method::get, "/v1/objection-papers/{file_id}/{form}",
              [this](const http::Request& request) { return read(request); });
}

boost::asio::awaitable<http::Response> ObjectionPaperRoutes::read(const http::Request& request) {
    http::Parameters parameters{request};
    const auto id = parameters.id<files::FileId>("file_id");
    std::string form{parameters.untyped("form")};
    if (const auto error = parameters.complaints()) co_return http::respond_with(*error);
    auto found = co_await reading_.read_objection(id, std::move(form), author_of(request), audits(request));
    if (!found) co_return http::respond_with(found.error());
    co_return files::content_response(request, std::move(found->form), found->file.said.sha256,
                                      files::private_content);
}

}  // namespace shanhai::certification
