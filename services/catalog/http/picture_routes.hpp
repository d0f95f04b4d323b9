#pragma once

#include "chassis/database/pool.hpp"
#include "chassis/files/upload_routes.hpp"
#include "chassis/http/router.hpp"

namespace shanhai::catalog {

/// Pictures of products: handed in by merchants below /v1/pictures, shown to everybody below /pictures.
class PictureRoutes {
public:
    explicit PictureRoutes(files::Uploads& uploads);

    void mount(http::Router& router);

private:
    boost::asio::awaitable<http::Response> show(const http::Request& request);

    files::Uploads& uploads_;
    files::UploadRoutes handing_in_;
};

}  // namespace shanhai::catalog
