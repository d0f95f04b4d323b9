#pragma once

#include "certification/http/application_routes.hpp"
#include "certification/http/evidence_routes.hpp"
#include "certification/http/figure_routes.hpp"
#include "certification/http/notice_routes.hpp"
#include "certification/http/scheme_routes.hpp"

namespace shanhai::certification {

/// All that belongs to a year's round: rules and batches, applications, their papers, notices.
class YearRoutes {
public:
    YearRoutes(chassis::Backbone& backbone, Applying& applying, const http::Cursors& cursors)
        : ruling_{backbone.pool()},
          reading_{backbone.pool()},
          counting_{backbone.pool()},
          uploads_{backbone, files::Taken::pictures_and_papers},
          schemes_{ruling_, cursors},
          applications_{applying, cursors},
          evidence_{reading_, uploads_},
          figures_{counting_},
          notices_{applying, cursors} {}

    void mount(http::Router& router) {
        schemes_.mount(router);
        applications_.mount(router);
        evidence_.mount(router);
        figures_.mount(router);
        notices_.mount(router);
    }

private:
    Ruling ruling_;
    Reading reading_;
    Counting counting_;
    files::Uploads uploads_;
    SchemeRoutes schemes_;
    ApplicationRoutes applications_;
    EvidenceRoutes evidence_;
    FigureRoutes figures_;
    NoticeRoutes notices_;
};

}  // namespace shanhai::certification
