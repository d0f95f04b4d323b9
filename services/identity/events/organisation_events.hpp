#pragma once

#include "chassis/database/session.hpp"
#include "identity/domain/organisation.hpp"

namespace shanhai::identity {

/// Publishes OrganisationRegistered. Call it last in the transaction.
void publish_registered(database::Session& session, const Organisation& organisation);

}  // namespace shanhai::identity
