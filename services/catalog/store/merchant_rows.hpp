#pragma once

#include "catalog/domain/merchant.hpp"
#include "chassis/database/session.hpp"

namespace shanhai::catalog {

// The papers that somebody looked at are written apart: licence_rows.hpp.

/// Throws SqlError::duplicate when its name or credit code is taken.
MerchantId insert_merchant(database::Session& session, const Merchant& merchant);
/// False when another merchant has its name or credit code.
bool update_merchant(database::Session& session, const Merchant& merchant);

}  // namespace shanhai::catalog
