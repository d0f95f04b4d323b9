#pragma once

#include "chassis/database/session.hpp"
#include "identity/domain/onboarding.hpp"
#include "identity/domain/organisation.hpp"

namespace shanhai::identity {

/// Publishes OrganisationRegistered. Call it last in the transaction.
void publish_registered(database::Session& session, const Organisation& organisation);

/// Publishes OrganisationRegistered as it is now, with whose correction it is. Call it last in the
/// transaction.
void publish_corrected(database::Session& session, const Organisation& organisation, AccountId by);

/// Publishes OnboardingMoved, of the last step.
void publish_moved(database::Session& session, const Onboarding& onboarding);

/// Publishes OrganisationRegistered and, in the same frame behind it, MerchantVerified: whoever learns both
/// learns them in this order.
void publish_verified(database::Session& session, const Organisation& organisation,
                      const Onboarding& onboarding, Instant at);

}  // namespace shanhai::identity
