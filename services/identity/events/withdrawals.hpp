#pragma once

#include "chassis/database/session.hpp"
#include "identity/domain/account.hpp"

namespace shanhai::identity {

/// Publishes TokensWithdrawn. Call it last in the transaction.
void publish_withdrawn(database::Session& session, const Withdrawal& withdrawal);

}  // namespace shanhai::identity
