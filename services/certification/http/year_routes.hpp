#pragma once

#include "certification/http/application_routes.hpp"
#include "certification/http/due_routes.hpp"
#include "certification/http/evidence_routes.hpp"
#include "certification/http/figure_routes.hpp"
#include "certification/http/notice_routes.hpp"
#include "certification/http/objection_paper_routes.hpp"

namespace shanhai::certification {

/// All that belongs to a year's round: applications, their papers, notices.
class YearRoutes {
public:
    YearRoutes(chassis::Backbone& backbone, Applying& applying, const http::Cursors& cursors)
        : reading_{backbone.pool()},
          snapshots_{snapshots(backbone.pool().options())},
          counting_{snapshots_},
          agenda_{snapshots_},
          uploads_{backbone, files::Taken::pictures_and_papers},
          due_{agenda_},
          applications_{applying, cursors},
          evidence_{reading_, uploads_},
          figures_{counting_},
          notices_{applying, cursors},
          objection_papers_{reading_, uploads_} {}

    void mount(http::Router& router) {
        due_.mount(router);
        applications_.mount(router);
        evidence_.mount(router);
        figures_.mount(router);
        notices_.mount(router);
        objection_papers_.mount(router);
    }

private:
    static database::PoolOptions snapshots(database::PoolOptions options) {
        options.snapshot = true;
        options.threads = 2;
        return options;
    }

    Reading reading_;
    database::Pool snapshots_;  ///< What adds up is read in one state.
    Counting counting_;
    Agenda agenda_;
    files::Uploads uploads_;
    DueRoutes due_;
    ApplicationRoutes applications_;
    EvidenceRoutes evidence_;
    FigureRoutes figures_;
    NoticeRoutes notices_;
    ObjectionPaperRoutes objection_papers_;
};

}  // namespace shanhai::certification
