#pragma once

#include "chassis/database/pool.hpp"
#include "identity/domain/identity_store.hpp"

#include <functional>

namespace shanhai::identity {

/// How the rest of the platform hears of an organisation; service.cpp fills it from events/.
struct Announcer {
    /// Writes the fact, last in the transaction that makes it true.
    std::function<void(database::Session&, const Organisation&)> write;
    /// The transaction has been committed.
    std::function<void()> committed;
};

/// IdentityStore in MariaDB: sessions.cpp, accounts.cpp and organisations.cpp hold its parts.
class MysqlIdentityStore final : public IdentityStore {
public:
    MysqlIdentityStore(database::Pool& pool, Announcer announcer)
        : pool_{pool}, announcer_{std::move(announcer)} {}

    Answer<LoginAttempt> begin_login(Login login, std::string address) override;
    Answer<SignedIn> start_session(Account account, std::string address) override;
    Answer<SignedIn> rotate(std::string refresh_token) override;
    Answer<Done> end_session(std::string refresh_token) override;

    Answer<Account> account(AccountId id) override;
    Answer<Account> open_account(NewAccount account, std::string password_hash) override;
    Answer<Done> set_disabled(AccountId id, bool disabled) override;

    Answer<Registration> register_organisation(NewOrganisation facts) override;
    Answer<std::vector<Organisation>> organisations(OrganisationId after, std::size_t limit) override;

    /// For the start of the process, on its main thread: whether there is an account of that login at all.
    Result<bool> has_account(const Login& login);
    Result<Done> open_first_account(const NewAccount& account, const std::string& password_hash);
    /// Deletes expired tokens and ended windows, some thousands at a time.
    Result<Done> forget_expired();

private:
    database::Pool& pool_;
    Announcer announcer_;
};

}  // namespace shanhai::identity
