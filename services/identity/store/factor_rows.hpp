#pragma once

#include "chassis/database/session.hpp"
#include "identity/domain/second_factor.hpp"

#include <optional>
#include <string>
#include <vector>

namespace shanhai::identity {

struct StoredFactor {
    security::Envelope envelope;
    bool confirmed = false;
    std::int64_t last_step = 0;
};
/// Locked.
std::optional<StoredFactor> hold_factor(database::Session& session, AccountId id);
/// In place of one that was not confirmed; `code_hashes`: 32 bytes each.
void write_factor(database::Session& session, AccountId id, const security::Envelope& envelope,
                  const std::vector<std::string>& code_hashes, Instant at);
/// From now on it is asked for; the code of that period is used up.
void confirm_factor(database::Session& session, AccountId id, std::int64_t step, Instant at);
void remove_factor(database::Session& session, AccountId id);
void write_factor_required(database::Session& session, AccountId id, bool required);
/// Whether this code is right, of the telephone or one for recovery; then it is used up.
bool take_code(database::Session& session, const FactorVault& vault, AccountId id, const TypedCode& code,
               Instant at);

}  // namespace shanhai::identity
