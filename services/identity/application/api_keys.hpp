#pragma once

#include "chassis/database/telling.hpp"
#include "identity/domain/api_key.hpp"
#include "identity/domain/team.hpp"

#include <functional>
#include <string>
#include <vector>

namespace shanhai::identity {

/// API keys of merchants' houses: made by an owner, told once, exchanged for access tokens that live some
/// minutes, so that no other service ever sees one.
class ApiKeys {
public:
    template <class T>
    using Awaitable = boost::asio::awaitable<Result<T>>;

    struct Told {
        std::function<void(database::Session&, const Withdrawal&)> withdraw;
        std::function<void()> committed;
    };
    ApiKeys(database::Pool& pool, Told told) : pool_{pool}, told_{std::move(told)} {}

    struct Wanted {
        std::string name;
        std::vector<std::string> scopes;
        std::chrono::days life{};
    };
    struct Made {
        ApiKey key;
        std::string secret;  ///< The key itself.
    };
    /// For the owner's house, as it is at this moment. Fails with 403 `not-an-owner`, 409
    /// `too-many-api-keys`.
    Awaitable<Made> make(AccountId owner, Wanted wanted);
    /// Of the houses that this manager looks after, the newest first, older than `before` (0: all); ended
    /// ones too.
    Awaitable<std::vector<ApiKey>> list(Manager manager, ApiKeyId before, std::size_t count) const;
    /// Its tokens are void everywhere at once. Withdrawing twice is no failure. Fails with 404
    /// `api-key-unknown`.
    Awaitable<ApiKey> withdraw(Manager manager, ApiKeyId id);

    /// What a token for a key says.
    struct Opened {
        ApiKey key;
        std::uint64_t session = 0;
        Instant at{};
    };
    /// Fails with 401 `api-key-invalid`, and as ApiKey::fault_of_using does.
    Awaitable<Opened> open(std::string secret);

private:
    database::Pool& pool_;
    Told told_;
};

}  // namespace shanhai::identity
