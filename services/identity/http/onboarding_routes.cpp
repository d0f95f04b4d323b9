#include "identity/http/onboarding_routes.hpp"

#include "chassis/http/idempotency.hpp"
#include "chassis/http/page.hpp"
#include "chassis/http/parameters.hpp"
#include "chassis/security/crypto.hpp"
#include "identity/http/onboarding_bodies.hpp"

namespace shanhai::identity {
namespace {

using http::Method;
using http::Request;

http::Response never_stored(http::Response response) {
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

http::Response shown(const Request& request, const Onboarding& onboarding) {
    return never_stored(http::json_response(json_of(onboarding, request.principal.has_value())));
}

}  // namespace

void OnboardingRoutes::mount(http::Router& router) {
    router.on(Method::post, "/v1/onboardings", [this](const Request& r) { return apply(r); });
    router.on(Method::get, "/v1/onboardings{?state,cursor,limit}",
              [this](const Request& r) { return list(r); });
    router.on(Method::get, "/v1/onboardings/{onboarding_id}", [this](const Request& r) { return show(r); });
    router.on(Method::put, "/v1/onboardings/{onboarding_id}",
              [this](const Request& r) { return correct(r); });
    router.on(Method::post, "/v1/onboardings/{onboarding_id}/steps",
              [this](const Request& r) { return act(r); });
    router.on(Method::post, "/v1/onboardings/{onboarding_id}/contact-views",
              [this](const Request& r) { return show_contact(r); });
}

Result<OnboardingId> OnboardingRoutes::opened(const Request& request) const {
    auto id = http::id_in_path<OnboardingId>(request, "onboarding_id");
    if (!id || request.principal) return id;
    if (admitting_.opens(*id, request.header("Onboarding-Access-Token"))) return id;
    return Error{Failure::not_found, "onboarding-unknown", "there is no such application"};
}

/// What costs nothing is refused first: hashing is what sign-ins wait for, and a stranger needs no account
/// here.
OnboardingRoutes::Answer OnboardingRoutes::apply(const Request& request) {
    const auto key = http::idempotency_key(request.header("Idempotency-Key"));
    if (!key) co_return http::respond_with(key.error());
    auto body = onboarding_in(request);
    if (!body) co_return http::respond_with(body.error());
    NewOnboarding wanted{std::move(body->papers), std::move(body->login),
                         security::sha256("onboarding\n" + *key), security::sha256(request.body)};
    auto looked_at = wanted;
    const auto looked = co_await admitting_.look_at(std::move(looked_at));
    if (!looked) co_return http::respond_with(looked.error());
    if (*looked) co_return told(**looked);
    auto hash = co_await passwords_.hash(std::move(*body->password));
    if (!hash) co_return http::respond_with(hash.error());
    auto contact = body->contact.applied_to(Contact());
    const auto applied = co_await admitting_.apply(std::move(wanted), std::move(contact), std::move(*hash));
    if (!applied) co_return http::respond_with(applied.error());
    co_return told(*applied);
}

http::Response OnboardingRoutes::told(const Admitting::Applied& applied) const {
    auto answer = json_of(applied.onboarding, false);
    answer["access_token"] = admitting_.token_of(applied.onboarding.id);
    auto response = never_stored(http::json_response(answer, applied.made ? 201 : 200));
    response.headers.emplace_back("Location",
                                  "/v1/onboardings/" + std::to_string(number(applied.onboarding.id)));
    return response;
}

OnboardingRoutes::Answer OnboardingRoutes::list(const Request& request) {
    const auto page = cursors_.page_of(request);
    if (!page) co_return http::respond_with(page.error());
    http::Parameters parameters{request};
    const auto state = parameters.optional_choice<OnboardingState>("state", from_wire_name<OnboardingState>);
    if (auto error = parameters.complaints()) co_return http::respond_with(*error);
    const auto after = page->after_id<OnboardingId>();
    const auto found = co_await admitting_.list(state, after, page->limit + 1);
    if (!found) co_return http::respond_with(found.error());
    co_return http::page_response(*found, *page, cursors_,
                                  [](const Onboarding& one) { return json_of(one, true); });
}

OnboardingRoutes::Answer OnboardingRoutes::show(const Request& request) {
    const auto id = opened(request);
    if (!id) co_return http::respond_with(id.error());
    const auto found = co_await admitting_.find(*id);
    if (!found) co_return http::respond_with(found.error());
    co_return shown(request, *found);
}

OnboardingRoutes::Answer OnboardingRoutes::correct(const Request& request) {
    const auto id = opened(request);
    if (!id) co_return http::respond_with(id.error());
    auto body = correction_in(request);
    if (!body) co_return http::respond_with(body.error());
    Admitting::Correction correction{std::move(body->papers), std::move(body->login),
                                     std::move(body->contact), std::nullopt};
    if (body->password) {
        const auto looked = co_await admitting_.look_at_correcting(*id);
        if (!looked) co_return http::respond_with(looked.error());
        auto hash = co_await passwords_.hash(std::move(*body->password));
        if (!hash) co_return http::respond_with(hash.error());
        correction.password_hash = std::move(*hash);
    }
    const auto changed = co_await admitting_.correct(*id, std::move(correction));
    if (!changed) co_return http::respond_with(changed.error());
    co_return shown(request, *changed);
}

OnboardingRoutes::Answer OnboardingRoutes::act(const Request& request) {
    const auto id = opened(request);
    if (!id) co_return http::respond_with(id.error());
    auto step = onboarding_step_in(request);
    if (!step) co_return http::respond_with(step.error());
    const auto& staff = request.principal;
    const AccountId account{staff ? staff->account : 0};
    const OrganisationId house{staff ? staff->organisation : 0};
    const auto changed = co_await admitting_.act(*id, std::move(*step), account, house);
    if (!changed) co_return http::respond_with(changed.error());
    co_return shown(request, *changed);
}

OnboardingRoutes::Answer OnboardingRoutes::show_contact(const Request& request) {
    const auto id = http::id_in_path<OnboardingId>(request, "onboarding_id");
    if (!id) co_return http::respond_with(id.error());
    const auto contact = co_await admitting_.show_contact(*id, AccountId{request.staff().account});
    if (!contact) co_return http::respond_with(contact.error());
    co_return never_stored(http::json_response(json_of(*contact), 201));
}

}  // namespace shanhai::identity
