#pragma once

#include "chassis/security/secrets.hpp"
#include "identity/store/mysql_identity_store.hpp"

namespace shanhai::identity {

/// Opens the one account that exists from the start, unless it is there: its password is the secret
/// "admin_password" until somebody opens others.
Result<Done> open_admin_account(MysqlIdentityStore& store, const security::Secrets& secrets);

}  // namespace shanhai::identity
