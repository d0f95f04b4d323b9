#pragma once

#include "chassis/database/pool.hpp"
#include "identity/domain/identity_store.hpp"

#include <functional>

namespace shanhai::identity {

/// How the rest of the platform hears of what happens here; service.cpp fills it from events/. The first two
/// write a fact, last in the transaction that makes it true.
struct Announcer {
    std::function<void(database::Session&, const Organisation&)> write;
    std::function<void(database::Session&, const Withdrawal&)> withdraw;
    /// The transaction has been committed.
    std::function<void()> committed;
};

/// IdentityStore in MariaDB: attempts.cpp, sessions.cpp, accounts.cpp, changes.cpp and organisations.cpp hold
/// its parts.
class MysqlIdentityStore final : public IdentityStore {
public:
    /// `successor_key` makes the successor of a refresh token.
    MysqlIdentityStore(database::Pool& pool, Announcer announcer, SessionLife life, std::string successor_key,
                       FactorVault vault)
        : pool_{pool},
          announcer_{std::move(announcer)},
          life_{life},
          successor_key_{std::move(successor_key)},
          vault_{std::move(vault)} {}

    Answer<LoginAttempt> begin_login(Login login, std::string address) override;
    Answer<Done> forget_attempt(Login login, std::string address, bool known_address) override;
    Answer<FactorAttempt> try_second_factor(AccountId id, TypedCode code) override;
    Answer<SignedIn> start_session(Account account, std::string password_hash, Client client) override;
    Answer<SignedIn> rotate(std::string refresh_token, Client client) override;
    Answer<Done> end_session(std::string refresh_token) override;
    Answer<Done> end_sessions(AccountId id) override;

    Answer<Account> account(AccountId id) override;
    Answer<std::vector<AccountName>> names(std::vector<AccountId> ids, std::vector<OrganisationKind> kinds,
                                           OrganisationId own) override;
    Answer<std::vector<Account>> accounts(AccountId after, std::size_t limit) override;
    Answer<Account> open_account(NewAccount account, std::string password_hash) override;
    Answer<Account> change_account(AccountId id, AccountChange change) override;
    Answer<Done> set_disabled(AccountId id, bool disabled, AccountId by) override;
    Answer<Done> change_password(AccountId id, std::string old_hash, std::string new_hash,
                                 std::uint64_t spared) override;
    Answer<Instant> reset_password(AccountId id, std::string hash) override;

    Answer<Registration> register_organisation(NewOrganisation facts) override;
    Answer<std::vector<Organisation>> organisations(OrganisationId after, std::size_t limit) override;

    /// For the start of the process, on its main thread: whether there is an account of that login at all.
    Result<bool> has_account(const Login& login);
    Result<Done> open_first_account(const NewAccount& account, const std::string& password_hash);
    /// Deletes expired tokens, ended windows and old addresses, some thousands at a time.
    Result<Done> forget_expired();

private:
    /// Runs work that may withdraw tokens, and tells the others at once.
    template <class T, class Work>
    Answer<T> announced(Work work) {
        auto done = co_await pool_.transact(std::move(work));
        if (done) announcer_.committed();
        co_return done;
    }

    database::Pool& pool_;
    Announcer announcer_;
    SessionLife life_;
    std::string successor_key_;
    FactorVault vault_;
};

}  // namespace shanhai::identity
