#pragma once

#include "chassis/database/session.hpp"
#include "orders/domain/facts.hpp"

namespace shanhai::orders {

/// Appends what a transaction made true to the outbox, as one frame. The last thing in the transaction.
void publish_facts(database::Session& session, const Facts& facts);

}  // namespace shanhai::orders
