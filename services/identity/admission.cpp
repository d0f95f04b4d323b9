#include "identity/admission.hpp"

#include "identity/events/organisation_events.hpp"
#include "identity/events/withdrawals.hpp"

namespace shanhai::identity {

Admission::Admission(chassis::Backbone& backbone, Passwords& passwords, const http::Cursors& cursors)
    : admitting_{backbone.pool(),
                 ApplicantVault{backbone.secrets().key("applicants")},
                 {publish_verified, [&backbone] { backbone.facts_committed(); }}},
      teaming_{backbone.pool(), {publish_withdrawn, [&backbone] { backbone.facts_committed(); }}},
      onboardings_{admitting_, passwords, cursors},
      team_{teaming_, passwords, cursors, backbone.pool().clock()} {}

}  // namespace shanhai::identity
