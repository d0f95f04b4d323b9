#include "identity/application/second_factors.hpp"

#include "chassis/security/crypto.hpp"
#include "chassis/security/secrets.hpp"
#include "identity/store/account_rows.hpp"
#include "identity/store/factor_rows.hpp"

#include <stdexcept>

namespace shanhai::identity {
namespace {

using database::Session;

constexpr std::size_t secret_bytes = 20;  // RFC 4226, section 4: as long as what SHA-1 gives.

Error conflict(std::string code, std::string message) {
    return Error{Failure::conflict, std::move(code), std::move(message)};
}
Error enrolled_already() {
    return conflict("second-factor-enrolled", "this account has a second factor; remove it first");
}
Error no_factor() { return conflict("second-factor-none", "this account has no second factor"); }

Enrolment drawn() {
    Enrolment enrolment;
    enrolment.secret = security::random_bytes(secret_bytes);
    while (enrolment.recovery_codes.size() < recovery_codes)
        enrolment.recovery_codes.push_back(security::typable_password());
    return enrolment;
}

std::vector<std::string> hashes_of(const std::vector<std::string>& codes) {
    std::vector<std::string> hashes;
    for (const auto& code : codes) hashes.push_back(security::sha256(code));
    return hashes;
}

}  // namespace

SecondFactors::Awaitable<Enrolment> SecondFactors::enrol(AccountId id) {
    return pool_.transact([this, id](Session& session) -> Result<Enrolment> {
        if (!lock_account(session, id)) return account_unknown();
        const auto factor = hold_factor(session, id);
        if (factor && factor->confirmed) return enrolled_already();
        auto enrolment = drawn();
        write_factor(session, id, vault_.seal(id, enrolment.secret), hashes_of(enrolment.recovery_codes),
                     session.now());
        return enrolment;
    });
}

SecondFactors::Awaitable<Done> SecondFactors::confirm(AccountId id, TypedCode code) {
    return database::transact_telling(
        pool_, told_.committed, [this, id, code = std::move(code)](Session& session) -> Result<Done> {
            if (!lock_account(session, id)) return account_unknown();
            const auto factor = hold_factor(session, id);
            if (!factor) return no_factor();
            if (factor->confirmed) return enrolled_already();
            const auto secret = vault_.open(id, factor->envelope);
            if (!secret) throw std::runtime_error{"the secret of a second factor cannot be opened"};
            const auto step = step_of(*secret, code.text, session.now(), factor->last_step);
            if (!step) return second_factor_wrong();
            confirm_factor(session, id, *step, session.now());
            told_.withdraw(session, end_sessions_of(session, id, "CHANGED", 0));
            return Done{};
        });
}

SecondFactors::Awaitable<Done> SecondFactors::remove(AccountId id) {
    return pool_.transact([id](Session& session) -> Result<Done> {
        if (!lock_account(session, id)) return account_unknown();
        if (!hold_factor(session, id)) return no_factor();
        if (account_with(session, id).second_factor_required)
            return conflict("second-factor-demanded",
                            "an administrator, or its office, asks it of this account");
        remove_factor(session, id);
        return Done{};
    });
}

SecondFactors::Awaitable<Account> SecondFactors::demand(AccountId id, bool required, bool removes) {
    return database::transact_telling(
        pool_, told_.committed, [this, id, required, removes](Session& session) -> Result<Account> {
            if (!lock_account(session, id)) return account_unknown();
            const auto before = account_with(session, id);
            write_factor_required(session, id, required);
            if (removes) remove_factor(session, id);
            auto after = account_with(session, id);
            const bool has_to_enrol = after.second_factor_required && !after.second_factor;
            if (has_to_enrol || before.second_factor != after.second_factor)
                told_.withdraw(session, end_sessions_of(session, id, "CHANGED", 0));
            return after;
        });
}

}  // namespace shanhai::identity
