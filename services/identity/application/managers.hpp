#pragma once

#include "identity/domain/team.hpp"
#include "identity/store/account_rows.hpp"

namespace shanhai::identity {

/// What an owner may do at this moment: his token is good for some moments after he was disabled, or is no
/// owner any more (revocations travel), his account is not.
inline Manager as_of_now(database::Session& session, const Manager& asked) {
    return asked.administrator ? asked : manager_of(account_with(session, asked.account));
}

}  // namespace shanhai::identity
