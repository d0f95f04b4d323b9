#pragma once

#include "chassis/database/session.hpp"
#include "identity/domain/account.hpp"

#include <optional>
#include <string>

namespace shanhai::identity {

/// An account as it is stored.
struct AccountRow {
    Account account;
    std::string password_hash;
};

// An account that is not disabled.
std::optional<AccountRow> find_account(database::Session& session, const Login& login);
std::optional<AccountRow> find_account(database::Session& session, AccountId id);

}  // namespace shanhai::identity
