#include "catalog/http/picture_routes.hpp"

#include "catalog/domain/product.hpp"
#include "chassis/http/parameters.hpp"
#include "chassis/security/crypto.hpp"

namespace shanhai::catalog {
namespace {

std::string address_of(const files::File& file, const files::Form& form) {
    return picture_address(file.said.sha256, form.name);
}

}  // namespace

PictureRoutes::PictureRoutes(files::Uploads& uploads)
    : uploads_{uploads}, handing_in_{uploads, "/v1/pictures", address_of, files::staff_sender} {}

void PictureRoutes::mount(http::Router& router) {
    handing_in_.mount(router);
    router.on(http::Method::get, "/pictures/{sha256}/{form}",
              [this](const http::Request& request) { return show(request); });
}

boost::asio::awaitable<http::Response> PictureRoutes::show(const http::Request& request) {
    http::Parameters parameters{request};
    auto sha256 = security::from_hex(parameters.untyped("sha256")).value_or("");
    std::string form{parameters.untyped("form")};
    if (const auto error = parameters.complaints()) co_return http::respond_with(*error);
    auto content = co_await uploads_.content(sha256, std::move(form));
    if (!content) co_return http::respond_with(content.error());
    co_return files::content_response(request, std::move(*content), sha256, files::public_content);
}

}  // namespace shanhai::catalog
