#pragma once

#include "chassis/database/session.hpp"
#include "identity/domain/api_key.hpp"

#include <optional>
#include <string>
#include <vector>

namespace shanhai::identity {

/// `hash`: 32 bytes. Of `key` what is said when it is made.
ApiKeyId insert_api_key(database::Session& session, const ApiKey& key, const std::string& hash);
/// Who made the key of that hash; not locked.
std::optional<AccountId> maker_of_api_key(database::Session& session, const std::string& hash);

/// A key, locked, and the session that its tokens name now (0: none, or it has ended).
struct HeldApiKey {
    ApiKey key;
    std::uint64_t session = 0;
};
std::optional<HeldApiKey> hold_api_key(database::Session& session, const std::string& hash);
std::optional<HeldApiKey> hold_api_key(database::Session& session, ApiKeyId id);

/// Of one house, or of all; the newest first, older than `before` (0: all), ended ones too.
std::vector<ApiKey> list_api_keys(database::Session& session, std::optional<OrganisationId> house,
                                  ApiKeyId before, std::size_t count);
std::int64_t active_api_keys(database::Session& session, OrganisationId house, Instant at);
/// A session of the key's own, which its tokens name from now on.
std::uint64_t start_key_session(database::Session& session, const ApiKey& key, Instant at);
void note_use(database::Session& session, ApiKeyId id, Instant at);
/// Ends the key, and its session; nothing when there was none that had to end.
std::optional<Withdrawal> withdraw_api_key(database::Session& session, const HeldApiKey& held, AccountId by,
                                           Instant at);
/// All that this account made: it may give nobody anything any more. Its sessions are ended by whoever calls.
void withdraw_api_keys_of(database::Session& session, AccountId account, Instant at);

}  // namespace shanhai::identity
