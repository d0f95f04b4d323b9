#pragma once

#include "certification/http/application_routes.hpp"
#include "certification/http/evidence_routes.hpp"
#include "certification/http/notice_routes.hpp"
#include "certification/http/scheme_routes.hpp"

namespace shanhai::certification {

/// All that belongs to a year's round: rules and batches, applications, their papers, notices.
class YearRoutes {
public:
    YearRoutes(Ruling& ruling, Applying& applying, const Reading& reading, files::Uploads& uploads,
               const http::Cursors& cursors)
        : schemes_{ruling, cursors},
          applications_{applying, cursors},
          evidence_{reading, uploads},
          notices_{applying, cursors} {}

    void mount(http::Router& router) {
        schemes_.mount(router);
        applications_.mount(router);
        evidence_.mount(router);
        notices_.mount(router);
    }

private:
    SchemeRoutes schemes_;
    ApplicationRoutes applications_;
    EvidenceRoutes evidence_;
    NoticeRoutes notices_;
};

}  // namespace shanhai::certification
