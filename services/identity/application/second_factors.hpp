#pragma once

#include "chassis/database/telling.hpp"
#include "identity/domain/account.hpp"
#include "identity/domain/second_factor.hpp"

#include <functional>
#include <string>

namespace shanhai::identity {

/// Second factors of accounts: enrolled and removed by whoever proved to be their owner, asked for by
/// administrators.
class SecondFactors {
public:
    template <class T>
    using Awaitable = boost::asio::awaitable<Result<T>>;

    struct Told {
        std::function<void(database::Session&, const Withdrawal&)> withdraw;
        std::function<void()> committed;
    };
    SecondFactors(database::Pool& pool, FactorVault vault, Told told)
        : pool_{pool}, vault_{std::move(vault)}, told_{std::move(told)} {}

    /// A secret and recovery codes, told once. Nothing is asked for before the owner has shown a code;
    /// enrolling again replaces what was not confirmed. Fails with 409 `second-factor-enrolled`.
    Awaitable<Enrolment> enrol(AccountId id);
    /// The owner's telephone has it: from now on it is asked for, and sessions from before end. Fails with
    /// 401 `second-factor-wrong`, 409 `second-factor-enrolled`, `second-factor-none`.
    Awaitable<Done> confirm(AccountId id, TypedCode code);
    /// Fails with 409 `second-factor-none`, and `second-factor-demanded` where an administrator asks for it.
    Awaitable<Done> remove(AccountId id);

    /// Whether it is to have one; `removes` takes away the one it has, for who lost the telephone and the
    /// codes. Ends its sessions where that changes how it signs in. Fails with 404 `account-unknown`.
    Awaitable<Account> demand(AccountId id, bool required, bool removes);

private:
    database::Pool& pool_;
    FactorVault vault_;
    Told told_;
};

}  // namespace shanhai::identity
