#pragma once

#include "certification/application/reading.hpp"
#include "chassis/files/upload_routes.hpp"
#include "chassis/http/router.hpp"

namespace shanhai::certification {

/// The papers of applications: handed in by merchants, read by whom they concern.
class EvidenceRoutes {
public:
    EvidenceRoutes(const Reading& reading, files::Uploads& uploads);

    void mount(http::Router& router);

private:
    boost::asio::awaitable<http::Response> read(const http::Request& request);

    const Reading& reading_;
    files::UploadRoutes uploads_;
};

}  // namespace shanhai::certification
