#pragma once

#include "identity/domain/account.hpp"
#include "identity/domain/organisation.hpp"
#include "vocabulary/codes.hpp"
#include "vocabulary/licence.hpp"
#include "vocabulary/time.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace shanhai::identity {

enum class OnboardingId : std::uint64_t {};

/// Where an application to sell here (入驻) stands. The first three are open: somebody has to do something.
enum class OnboardingState {
    submitted,
    verified_once,  ///< One person of the operator has verified it; a second one is to.
    returned,       ///< 补正: something is missing, and the applicant may correct it.
    verified,
    rejected,
    withdrawn,  ///< By the applicant, or because nobody answered a return.
};

constexpr bool is_open(OnboardingState state) {
    return state == OnboardingState::submitted || state == OnboardingState::verified_once ||
           state == OnboardingState::returned;
}

enum class OnboardingAction { submit, verify, return_for_supplement, reject, withdraw };

/// What a house that wants to sell says of itself and shows papers for. No word of it is personal.
struct MerchantPapers {
    std::string name;  ///< As on the business licence; 1 to 80 characters.
    MerchantKind kind = MerchantKind::cooperative;
    Uscc uscc;
    CountyCode county;                           ///< Where it is registered.
    std::string business_licence;                ///< The licence's number; most often the credit code.
    std::optional<Date> business_licence_until;  ///< The last day; nothing: without end.
    std::optional<FoodLicence> food_licence;
    std::optional<Date> food_licence_until;  ///< The last day; there if and only if there is a licence.
    std::string bank_reference;  ///< How the payment institution calls the account; never its number.
    std::string area_note;       ///< Why a code names the prefecture's area and not the county's.

    /// 422 at the paper that is wrong: codes of another area (`area-mismatch`), a food licence without its
    /// last day, papers that ended before `today` or that end after 2199 (长期 is no day).
    std::optional<Error> fault(Date today) const;
    /// The same text for the same papers: one line a member.
    std::string canonical() const;
    /// The first last day of its licences; nothing when none ends.
    std::optional<Date> licence_until() const;
};

/// Who takes a step: an account of the operator, or (0) the applicant.
struct OnboardingParty {
    AccountId account{};
    std::optional<Organisation> house;  ///< Whom the account works for.

    bool applicant() const { return account == AccountId{}; }
};

/// Appended, never edited.
struct OnboardingStep {
    OnboardingAction action = OnboardingAction::submit;
    OnboardingState state = OnboardingState::submitted;  ///< After it.
    int version = 1;                                     ///< Of the papers that it is about.
    std::string reason;                                  ///< What is missing, why not.
    Instant at{};
    AccountId by{};  ///< 0: the applicant, or nobody when time ran out.
};

struct Onboarding {
    OnboardingId id{};
    OnboardingState state = OnboardingState::submitted;
    int version = 1;  ///< Grows with every correction of the papers.
    MerchantPapers papers;
    std::string login;              ///< That the owner wishes, and may not get; empty once it was forgotten.
    OrganisationId organisation{};  ///< That came of it; 0 as long as it is not verified.
    std::vector<OnboardingStep> steps;  ///< Oldest first.
    std::int64_t rivals = 0;            ///< Other open applications with its code or its name.

    /// Who verified the papers as they are now, by themselves; nothing when nobody did.
    std::optional<AccountId> verified_first() const;
    /// Whether this account may see whom to call: as long as there is something to verify everybody who
    /// may verify, later those who took a step.
    bool shows_contact_to(AccountId account) const;
};

/// Where the step leads. Fails with 403 `not-the-verifier` and `not-the-applicant` for whom it is not to
/// take, 409 `step-not-now`, 403 `second-person` for whoever verified it already, and 403
/// `conflict-of-interest` for somebody of the very house that applies.
Result<OnboardingState> state_after(const Onboarding& onboarding, OnboardingAction action,
                                    const OnboardingParty& party);

/// Open applications at most; beyond them strangers are asked to come back later.
inline constexpr std::int64_t open_onboardings_max = 5000;
/// After a return without a correction it is withdrawn.
inline constexpr std::chrono::days return_answered_within{60};
/// Whom to call is destroyed so long after an application ended: a merchant's people have accounts by then.
inline constexpr std::chrono::days contact_kept{30};

}  // namespace shanhai::identity

namespace shanhai {
template <>
struct WireNames<identity::OnboardingState> {
    static constexpr std::array<std::string_view, 6> names{"SUBMITTED", "VERIFIED_ONCE", "RETURNED",
                                                           "VERIFIED",  "REJECTED",      "WITHDRAWN"};
};
template <>
struct WireNames<identity::OnboardingAction> {
    static constexpr std::array<std::string_view, 5> names{"SUBMIT", "VERIFY", "RETURN", "REJECT",
                                                           "WITHDRAW"};
};
}  // namespace shanhai
