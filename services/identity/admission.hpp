#pragma once

#include "chassis/service/backbone.hpp"
#include "identity/application/admitting.hpp"
#include "identity/application/teaming.hpp"
#include "identity/http/onboarding_routes.hpp"
#include "identity/http/team_routes.hpp"

namespace shanhai::identity {

/// The part of the wiring diagram that lets houses and their people in: its own page of it.
class Admission {
public:
    Admission(chassis::Backbone& backbone, Passwords& passwords, const http::Cursors& cursors);

    void mount(http::Router& router) {
        onboardings_.mount(router);
        team_.mount(router);
    }
    /// What time does; see Admitting::lapse.
    Result<Done> lapse() { return admitting_.lapse(); }

private:
    Admitting admitting_;
    Teaming teaming_;
    OnboardingRoutes onboardings_;
    TeamRoutes team_;
};

}  // namespace shanhai::identity
