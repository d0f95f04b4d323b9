#pragma once

#include "chassis/service/backbone.hpp"
#include "identity/application/admitting.hpp"
#include "identity/application/second_factors.hpp"
#include "identity/application/teaming.hpp"
#include "identity/http/factor_routes.hpp"
#include "identity/http/onboarding_routes.hpp"
#include "identity/http/team_routes.hpp"

namespace shanhai::identity {

/// The part of the wiring diagram that lets houses and their people in, and asks them for a second factor:
/// its own page of it.
class Admission {
public:
    Admission(chassis::Backbone& backbone, SignIn& sign_in, Passwords& passwords,
              const http::Cursors& cursors);

    void mount(http::Router& router) {
        onboardings_.mount(router);
        team_.mount(router);
        factors_.mount(router);
    }
    /// What time does; see Admitting::lapse.
    Result<Done> lapse() { return admitting_.lapse(); }

private:
    Admitting admitting_;
    Teaming teaming_;
    SecondFactors second_factors_;
    OnboardingRoutes onboardings_;
    TeamRoutes team_;
    FactorRoutes factors_;
};

}  // namespace shanhai::identity
