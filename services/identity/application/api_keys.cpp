#include "identity/application/api_keys.hpp"

#include "chassis/security/crypto.hpp"
#include "identity/application/managers.hpp"
#include "identity/store/api_key_rows.hpp"
#include "identity/store/link_rows.hpp"
#include "identity/store/organisation_rows.hpp"

namespace shanhai::identity {
namespace {

using database::Session;

constexpr std::string_view mark = "shk_";  // By it programs that look for leaked secrets know a key.
constexpr std::size_t secret_bytes = 32;

Error api_key_invalid() { return Error{Failure::unauthenticated, "api-key-invalid", "this is no API key"}; }
Error not_an_owner() {
    return Error{Failure::forbidden, "not-an-owner", "only an owner of a merchant's house makes API keys"};
}

/// The merchant's house that this account owns now: its token is good for some moments longer than what it
/// says.
std::optional<OrganisationId> owned_house(Session& session, const Account& account) {
    const auto house = manager_of(account).house;
    if (house == OrganisationId{}) return std::nullopt;
    const auto organisation = find_organisation(session, house);
    if (!organisation || !is_merchants_own(account, organisation->facts.kind)) return std::nullopt;
    return house;
}

Result<ApiKeys::Opened> opened(Session& session, const std::string& hash) {
    const auto maker = maker_of_api_key(session, hash);
    // The account first, as everybody does who changes it and then ends what it made.
    const auto row = maker ? hold_account(session, *maker) : std::nullopt;
    const auto held = maker ? hold_api_key(session, hash) : std::nullopt;
    if (!held) return api_key_invalid();
    const auto at = session.now();
    if (auto fault = held->key.fault_of_using(at)) return *fault;
    if (!row || owned_house(session, row->account) != held->key.house) return api_key_invalid();
    const auto of_key = held->session != 0 ? held->session : start_key_session(session, held->key, at);
    if (held->key.notes_use(at)) note_use(session, held->key.id, at);
    return ApiKeys::Opened{held->key, of_key, at};
}

}  // namespace

ApiKeys::Awaitable<ApiKeys::Made> ApiKeys::make(AccountId owner, Wanted wanted) {
    return pool_.transact([owner, wanted = std::move(wanted)](Session& session) -> Result<Made> {
        const auto house = owned_house(session, account_with(session, owner));
        if (!house) return not_an_owner();
        // All owners of the house, so that no two of them make its last key at once.
        hold_other_owners(session, *house, owner);
        const auto row = hold_account(session, owner);
        if (!row || owned_house(session, row->account) != house) return not_an_owner();
        const auto at = session.now();
        if (active_api_keys(session, *house, at) >= ApiKey::active_max) {
            return Error{Failure::conflict, "too-many-api-keys",
                         "this house has many API keys; withdraw some first"};
        }
        auto secret = std::string{mark} + security::base64url(security::random_bytes(secret_bytes));
        ApiKey key{.house = *house,
                   .name = wanted.name,
                   .prefix = std::string{prefix_of(secret)},
                   .scopes = wanted.scopes,
                   .made_by = owner,
                   .made = at,
                   .expires = at + wanted.life};
        key.id = insert_api_key(session, key, security::sha256(secret));
        return Made{std::move(key), std::move(secret)};
    });
}

ApiKeys::Awaitable<std::vector<ApiKey>> ApiKeys::list(Manager asked, ApiKeyId before,
                                                      std::size_t count) const {
    return pool_.transact([=](Session& session) -> Result<std::vector<ApiKey>> {
        const auto manager = as_of_now(session, asked);
        const auto house = manager.administrator ? std::nullopt : std::optional{manager.house};
        return list_api_keys(session, house, before, count);
    });
}

ApiKeys::Awaitable<ApiKey> ApiKeys::withdraw(Manager asked, ApiKeyId id) {
    return database::transact_telling(
        pool_, told_.committed, [this, asked, id](Session& session) -> Result<ApiKey> {
            const auto manager = as_of_now(session, asked);
            auto held = hold_api_key(session, id);
            if (!held || !manager.manages(held->key.house))
                return Error{Failure::not_found, "api-key-unknown", "there is no such API key"};
            if (held->key.withdrawn) return std::move(held->key);
            const auto at = session.now();
            if (const auto ended = withdraw_api_key(session, *held, manager.account, at))
                told_.withdraw(session, *ended);
            held->key.withdrawn = at;
            return std::move(held->key);
        });
}

/// The hash is looked for, not the key: whoever measures how long that takes learns nothing of one.
ApiKeys::Awaitable<ApiKeys::Opened> ApiKeys::open(std::string secret) {
    return pool_.transact(
        [hash = security::sha256(secret)](Session& session) { return opened(session, hash); });
}

}  // namespace shanhai::identity
