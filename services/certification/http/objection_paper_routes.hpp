#pragma once

#include "certification/application/reading.hpp"
#include "chassis/files/upload_routes.hpp"
#include "chassis/http/router.hpp"

namespace shanhai::certification {

/// The papers of objections: handed in by anybody, read by who may answer and by auditors.
class ObjectionPaperRoutes {
public:
    ObjectionPaperRoutes(const Reading& reading, files::Uploads& uploads);

    void mount(http::Router& router);

private:
    boost::asio::awaitable<http::Response> read(const http::Request& request);

    const Reading& reading_;
    files::UploadRoutes uploads_;
};

}  // namespace shanhai::certification
