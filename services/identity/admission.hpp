#pragma once

#include "chassis/service/backbone.hpp"
#include "identity/application/admitting.hpp"
#include "identity/application/api_keys.hpp"
#include "identity/application/correcting.hpp"
#include "identity/application/second_factors.hpp"
#include "identity/application/teaming.hpp"
#include "identity/http/factor_routes.hpp"
#include "identity/http/key_routes.hpp"
#include "identity/http/onboarding_routes.hpp"
#include "identity/http/organisation_routes.hpp"
#include "identity/http/team_routes.hpp"

namespace shanhai::identity {

/// The part of the wiring diagram that lets houses, their people and their programs in, asks for a second
/// factor, and corrects who came: its own page of it.
class Admission {
public:
    Admission(chassis::Backbone& backbone, SignIn& sign_in, IdentityStore& store, Passwords& passwords,
              const security::TokenSigner& signer, const http::Cursors& cursors);

    void mount(http::Router& router) {
        onboardings_.mount(router);
        team_.mount(router);
        factors_.mount(router);
        key_routes_.mount(router);
        organisations_.mount(router);
    }
    /// What time does; see Admitting::lapse.
    Result<Done> lapse() { return admitting_.lapse(); }

private:
    Admitting admitting_;
    Teaming teaming_;
    SecondFactors second_factors_;
    ApiKeys keys_;
    Correcting correcting_;
    OnboardingRoutes onboardings_;
    TeamRoutes team_;
    FactorRoutes factors_;
    KeyRoutes key_routes_;
    OrganisationRoutes organisations_;
};

}  // namespace shanhai::identity
