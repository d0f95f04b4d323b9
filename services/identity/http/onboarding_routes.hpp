#pragma once

#include "chassis/http/cursors.hpp"
#include "chassis/http/router.hpp"
#include "identity/application/admitting.hpp"
#include "identity/domain/passwords.hpp"

namespace shanhai::identity {

/// 入驻: applications of houses that want to sell here, by their own token, and the operator's steps.
class OnboardingRoutes {
public:
    OnboardingRoutes(Admitting& admitting, Passwords& passwords, const http::Cursors& cursors)
        : admitting_{admitting}, passwords_{passwords}, cursors_{cursors} {}

    void mount(http::Router& router);

private:
    using Answer = boost::asio::awaitable<http::Response>;

    Answer apply(const http::Request& request);         // POST /v1/onboardings
    Answer list(const http::Request& request);          // GET /v1/onboardings
    Answer show(const http::Request& request);          // GET /v1/onboardings/{onboarding_id}
    Answer correct(const http::Request& request);       // PUT /v1/onboardings/{onboarding_id}
    Answer act(const http::Request& request);           // POST /v1/onboardings/{onboarding_id}/steps
    Answer show_contact(const http::Request& request);  // POST /v1/onboardings/{onboarding_id}/contact-views

    /// To the applicant, with the key that opens it.
    http::Response told(const Admitting::Applied& applied) const;

    /// The application that the request names, for staff or by its own token. Fails with 404
    /// `onboarding-unknown`, since a wrong token must not tell that there is one.
    Result<OnboardingId> opened(const http::Request& request) const;

    Admitting& admitting_;
    Passwords& passwords_;
    const http::Cursors& cursors_;
};

}  // namespace shanhai::identity
