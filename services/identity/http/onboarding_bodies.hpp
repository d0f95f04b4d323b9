#pragma once

#include "chassis/http/json.hpp"
#include "identity/application/admitting.hpp"

#include <boost/json/object.hpp>
#include <optional>
#include <string>

namespace shanhai::identity {

/// What an applicant sends.
struct OnboardingBody {
    MerchantPapers papers;
    ContactChange contact;  ///< Whole but in a correction: of what is absent there, that from before stays.
    Login login;
    std::optional<std::string> password;  ///< Absent only from a correction: the one from before stays.
};

// Each fails with 415, 400 or 422, naming every field that is wrong.
Result<OnboardingBody> onboarding_in(const http::Request& request);
Result<OnboardingBody> correction_in(const http::Request& request);
Result<Admitting::Step> onboarding_step_in(const http::Request& request);

/// `to_staff`: with who took each step.
boost::json::object json_of(const Onboarding& onboarding, bool to_staff);
boost::json::object json_of(const Contact& contact);

}  // namespace shanhai::identity
