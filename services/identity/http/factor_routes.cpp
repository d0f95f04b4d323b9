#include "identity/http/factor_routes.hpp"

#include "chassis/http/address.hpp"
#include "chassis/http/json.hpp"
#include "chassis/http/parameters.hpp"
#include "chassis/security/totp.hpp"
#include "identity/http/identity_json.hpp"

#include <boost/json/array.hpp>

namespace shanhai::identity {
namespace {

using http::Method;
using http::Request;

http::Response done(const Result<Done>& result) {
    if (!result) return http::respond_with(result.error());
    http::Response response;
    response.status = 204;
    return response;
}

boost::json::object json_of(const Enrolment& enrolment, const std::string& login) {
    boost::json::object body;
    body["secret"] = security::base32(enrolment.secret);
    body["otpauth_uri"] = otpauth_uri(enrolment.secret, login);
    boost::json::array codes;
    for (const auto& code : enrolment.recovery_codes) codes.emplace_back(code);
    body["recovery_codes"] = std::move(codes);
    return body;
}

struct Demand {
    bool required = false;
    bool removes = false;
};
Result<Demand> demand_in(const Request& request) {
    const auto body = http::read_json(request);
    if (!body) return body.error();
    http::Fields fields{*body};
    Demand demand;
    demand.required = fields.boolean("required");
    demand.removes = fields.boolean("remove", false);
    if (auto error = fields.complaints()) return *error;
    return demand;
}

}  // namespace

void FactorRoutes::mount(http::Router& router) {
    router.on(Method::post, "/v1/auth/second-factor", [this](const Request& r) { return enrol(r); });
    router.on(Method::post, "/v1/auth/second-factor/confirmation",
              [this](const Request& r) { return confirm(r); });
    router.on(Method::post, "/v1/auth/second-factor/removal", [this](const Request& r) { return remove(r); });
    router.on(Method::post, "/v1/accounts/{account_id}/second-factor",
              [this](const Request& r) { return demand(r); });
}

FactorRoutes::Answer FactorRoutes::enrol(const Request& request) {
    auto given = credentials_of(request);
    if (!given) co_return http::respond_with(given.error());
    auto address = http::subscriber_of(request.remote_address);
    const auto proven = co_await sign_in_.prove(std::move(given->login), std::move(given->password),
                                                std::move(given->code), std::move(address));
    if (!proven.result) co_return http::respond_with(proven.result.error());
    const auto enrolment = co_await factors_.enrol(proven.result->id);
    if (!enrolment) co_return http::respond_with(enrolment.error());
    auto response = http::json_response(json_of(*enrolment, proven.result->login), 201);
    response.headers.emplace_back("Cache-Control", "no-store");
    co_return response;
}

/// The code is of the factor that is not asked for yet: it proves nothing but itself.
FactorRoutes::Answer FactorRoutes::confirm(const Request& request) {
    auto given = credentials_of(request);
    if (!given) co_return http::respond_with(given.error());
    if (!given->code) co_return http::respond_with(invalid_field("/code", "is missing"));
    auto code = TypedCode::of(*given->code);
    auto address = http::subscriber_of(request.remote_address);
    auto login = std::move(given->login);
    auto password = std::move(given->password);
    std::optional<std::string> shown = std::move(given->code);
    const auto proven =
        co_await sign_in_.prove(std::move(login), std::move(password), std::move(shown), std::move(address));
    if (!proven.result) co_return http::respond_with(proven.result.error());
    co_return done(co_await factors_.confirm(proven.result->id, std::move(code)));
}

FactorRoutes::Answer FactorRoutes::remove(const Request& request) {
    auto given = credentials_of(request);
    if (!given) co_return http::respond_with(given.error());
    auto address = http::subscriber_of(request.remote_address);
    const auto proven = co_await sign_in_.prove(std::move(given->login), std::move(given->password),
                                                std::move(given->code), std::move(address));
    if (!proven.result) co_return http::respond_with(proven.result.error());
    co_return done(co_await factors_.remove(proven.result->id));
}

/// Nobody takes away their own in this way, which asks for no code.
FactorRoutes::Answer FactorRoutes::demand(const Request& request) {
    const auto id = http::id_in_path<AccountId>(request, "account_id");
    if (!id) co_return http::respond_with(id.error());
    const auto wanted = demand_in(request);
    if (!wanted) co_return http::respond_with(wanted.error());
    if (wanted->removes && number(*id) == request.staff().account) {
        co_return http::respond_with(
            Error{Failure::conflict, "own-account",
                  "remove your own by a code (POST /v1/auth/second-factor/removal)"});
    }
    const auto changed = co_await factors_.demand(*id, wanted->required, wanted->removes);
    if (!changed) co_return http::respond_with(changed.error());
    co_return http::json_response(identity::json_of(*changed));
}

}  // namespace shanhai::identity
