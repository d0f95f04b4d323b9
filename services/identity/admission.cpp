#include "identity/admission.hpp"

#include "identity/events/organisation_events.hpp"
#include "identity/events/withdrawals.hpp"

namespace shanhai::identity {

Admission::Admission(chassis::Backbone& backbone, SignIn& sign_in, IdentityStore& store, Passwords& passwords,
                     const security::TokenSigner& signer, const http::Cursors& cursors)
    : admitting_{backbone.pool(),
                 ApplicantVault{backbone.secrets().key("identity_vault")},
                 {publish_moved, publish_verified, [&backbone] { backbone.facts_committed(); }}},
      teaming_{backbone.pool(), {publish_withdrawn, [&backbone] { backbone.facts_committed(); }}},
      second_factors_{backbone.pool(),
                      FactorVault{backbone.secrets().key("identity_vault")},
                      {publish_withdrawn, [&backbone] { backbone.facts_committed(); }}},
      keys_{backbone.pool(), {publish_withdrawn, [&backbone] { backbone.facts_committed(); }}},
      correcting_{backbone.pool(), {publish_corrected, [&backbone] { backbone.facts_committed(); }}},
      onboardings_{admitting_, passwords, cursors},
      team_{teaming_, passwords, cursors, backbone.pool().clock()},
      factors_{sign_in, second_factors_},
      key_routes_{keys_, sign_in, store, signer, cursors, backbone.pool().clock()},
      organisations_{correcting_, cursors} {}

}  // namespace shanhai::identity
