#pragma once

#include "chassis/database/telling.hpp"
#include "identity/domain/contact.hpp"
#include "identity/domain/onboarding.hpp"
#include "identity/store/onboarding_rows.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace shanhai::identity {

/// How houses come to sell here (入驻): an application without an account, two people of the operator who
/// verify it, and then, in one transaction, the organisation and its owner's account. Every step is appended.
class Admitting {
public:
    template <class T>
    using Awaitable = boost::asio::awaitable<Result<T>>;

    struct Told {
        /// Writes the fact of an application's last step.
        std::function<void(database::Session&, const Onboarding&)> moved;
        /// Writes the facts of a house that was verified, last in the transaction that makes it one.
        std::function<void(database::Session&, const Organisation&, const Onboarding&, Instant)> verified;
        std::function<void()> committed;
    };
    Admitting(database::Pool& pool, ApplicantVault vault, Told told)
        : pool_{pool}, vault_{std::move(vault)}, told_{std::move(told)} {}

    struct Applied {
        Onboarding onboarding;
        bool made = false;  ///< False: this very request had made it before.
    };
    /// Fails with 422 as MerchantPapers::fault does, 422 `idempotency-key-reused`, 409 `organisation-exists`
    /// (such a code or name is registered) and 503 `onboardings-full`.
    /// What apply would refuse without looking further, and what this request made before (nothing: it is
    /// new): to be asked before the password is hashed, which is slow, for strangers too.
    Awaitable<std::optional<Applied>> look_at(NewOnboarding wanted);
    Awaitable<Applied> apply(NewOnboarding wanted, Contact contact, std::string password_hash);

    struct Correction {
        MerchantPapers papers;
        Login login;
        ContactChange contact;
        std::optional<std::string> password_hash;  ///< Nothing: it stays.
    };
    /// Fails where a correction is not the step to take now: also before a hash.
    Awaitable<Done> look_at_correcting(OnboardingId id);
    /// Of what was returned; it is submitted again. Fails as apply does, with 404 `onboarding-unknown`,
    /// 409 `step-not-now`, and 422 at /contact where a part of it is to stay that can no longer be read.
    Awaitable<Onboarding> correct(OnboardingId id, Correction correction);

    struct Step {
        OnboardingAction action = OnboardingAction::verify;
        int version = 0;  ///< Of the papers that were looked at.
        std::string reason;
    };
    /// By an account of the operator, or (0) the applicant. See state_after; 404 `onboarding-unknown`, 412
    /// `version-stale`, 422 at /reason, 409 `papers-not-good` where papers to verify would not be taken now;
    /// where it makes a merchant, 409 `organisation-exists`, `login-taken`.
    Awaitable<Onboarding> act(OnboardingId id, Step step, AccountId account, OrganisationId house);

    /// Fails with 404 `onboarding-unknown`.
    Awaitable<Onboarding> find(OnboardingId id) const;
    Awaitable<std::vector<Onboarding>> list(std::optional<OnboardingState> state, OnboardingId after,
                                            std::size_t count) const;
    /// Whom to call; that it was shown is kept. Fails with 404 `onboarding-unknown`, `contact-destroyed`, 403
    /// `not-the-verifier` when it is over and this account had no part in it.
    Awaitable<Contact> show_contact(OnboardingId id, AccountId account);

    /// The secret that opens one's own application.
    std::string token_of(OnboardingId id) const { return vault_.token_of(id); }
    bool opens(OnboardingId id, std::string_view token) const { return vault_.is_token_of(id, token); }

    /// For a thread that may block: withdraws what was returned and not answered, and destroys the contacts
    /// of what ended, some hundreds at a time.
    Result<Done> lapse();

private:
    database::Pool& pool_;
    ApplicantVault vault_;
    Told told_;
};

}  // namespace shanhai::identity
