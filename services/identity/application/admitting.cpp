#include "identity/application/admitting.hpp"

#include "identity/store/account_rows.hpp"
#include "identity/store/organisation_rows.hpp"

#include <stdexcept>

namespace shanhai::identity {
namespace {

using database::Session;

constexpr std::size_t lapsed_at_once = 200;
constexpr std::chrono::hours full_retry{6};

Error conflict(std::string code, std::string message) {
    return Error{Failure::conflict, std::move(code), std::move(message)};
}
Error onboarding_unknown() {
    return Error{Failure::not_found, "onboarding-unknown", "there is no such application"};
}
Error login_taken() {
    return conflict("login-taken",
                    "another account has this login; return the application, so that another one is chosen");
}
Error organisation_exists() {
    return conflict("organisation-exists", "an organisation with this name or credit code is registered");
}
Error onboardings_full() {
    Error error{Failure::unavailable, "onboardings-full",
                "too many applications wait to be looked at; try again tomorrow"};
    error.retry_after(full_retry);
    return error;
}

/// What forbids an application with these papers. Whether an account has the login that it wishes is not told
/// here, where strangers ask, but to those who verify; and who else applies keeps nobody out.
std::optional<Error> fault_of_papers(Session& session, const MerchantPapers& papers) {
    if (auto fault = papers.fault(shanghai_date(session.now()))) return fault;
    if (is_registered(session, papers)) return organisation_exists();
    return std::nullopt;
}

/// What this request made when it was sent before.
std::optional<Result<Admitting::Applied>> made_before(Session& session, const NewOnboarding& wanted) {
    const auto seen = find_request(session, wanted.request_key);
    if (!seen) return std::nullopt;
    if (seen->request_hash != wanted.request_hash) {
        return Result<Admitting::Applied>{Error{Failure::invalid, "idempotency-key-reused",
                                                "this Idempotency-Key was used for another request"}};
    }
    return Result<Admitting::Applied>{
        Admitting::Applied{*find_onboarding(session, seen->id, Hold::no), false}};
}

std::optional<Error> fault_of_applying(Session& session, const NewOnboarding& wanted) {
    if (auto fault = fault_of_papers(session, wanted.papers)) return fault;
    if (open_onboardings(session) >= open_onboardings_max) return onboardings_full();
    return std::nullopt;
}

Result<Onboarding> held(Session& session, OnboardingId id) {
    auto found = find_onboarding(session, id, Hold::lock);
    if (!found) return onboarding_unknown();
    return std::move(*found);
}

void submit(Session& session, OnboardingId id, int version, const MerchantPapers& papers) {
    append_step(session, id,
                {.action = OnboardingAction::submit,
                 .state = OnboardingState::submitted,
                 .version = version,
                 .reason = {},
                 .at = session.now(),
                 .by = {}},
                papers.canonical(), std::nullopt);
}

std::optional<Contact> contact_of(Session& session, OnboardingId id, const ApplicantVault& vault) {
    const auto envelope = load_contact(session, id);
    return envelope ? vault.open(id, *envelope) : std::nullopt;
}

Result<Contact> corrected(Session& session, OnboardingId id, const ContactChange& change,
                          const ApplicantVault& vault) {
    if (change.is_whole()) return change.applied_to({});
    auto before = contact_of(session, id, vault);
    if (!before) return invalid_field("/contact", "is no longer kept; say all of it");
    return change.applied_to(std::move(*before));
}

/// The organisation that an application leads to, and its owner's account.
Result<Organisation> make_merchant(Session& session, const Onboarding& one, const ApplicantVault& vault) {
    const auto& papers = one.papers;
    NewOrganisation facts{papers.name, OrganisationKind::merchant, papers.uscc, papers.county};
    const auto id = insert_organisation(session, facts);
    if (!id) return organisation_exists();
    const auto contact = contact_of(session, one.id, vault);
    if (!contact) throw std::runtime_error{"an applicant's contact cannot be opened"};
    Account owner{AccountId{}, one.login, contact->owner_name, *id, {Role::merchant}};
    owner.position = Position::owner;
    const auto opened = insert_account(session, std::move(owner), password_hash_of(session, one.id));
    if (!opened) return opened.error();
    return Organisation{*id, std::move(facts)};
}

std::optional<Error> fault_of(const Onboarding& one, const Admitting::Step& step) {
    if (one.version != step.version) {
        return Error{Failure::precondition, "version-stale", "these papers were corrected meanwhile"};
    }
    const bool reasoned =
        step.action == OnboardingAction::return_for_supplement || step.action == OnboardingAction::reject;
    if (reasoned && step.reason.empty()) return invalid_field("/reason", "say what is missing, or why not");
    return std::nullopt;
}

/// A licence may have ended since it was handed in, and the login may be somebody's.
std::optional<Error> fault_of_verifying(Session& session, const Onboarding& one) {
    if (is_login_taken(session, one.login)) return login_taken();
    const auto fault = one.papers.fault(shanghai_date(session.now()));
    if (!fault) return std::nullopt;
    const auto& field = fault->fields().front();
    return conflict("papers-not-good", field.pointer + " " + field.detail + "; return it");
}

}  // namespace

Admitting::Awaitable<std::optional<Admitting::Applied>> Admitting::look_at(NewOnboarding wanted) {
    return pool_.transact([wanted = std::move(wanted)](Session& session) -> Result<std::optional<Applied>> {
        if (auto again = made_before(session, wanted)) {
            if (!*again) return again->error();
            return std::optional{std::move(**again)};
        }
        if (auto fault = fault_of_applying(session, wanted)) return *fault;
        return std::optional<Applied>{};
    });
}

Admitting::Awaitable<Admitting::Applied> Admitting::apply(NewOnboarding wanted, Contact contact,
                                                          std::string password_hash) {
    return database::transact_telling(
        pool_, told_.committed,
        [this, wanted = std::move(wanted), contact = std::move(contact),
         hash = std::move(password_hash)](Session& session) -> Result<Applied> {
            if (auto again = made_before(session, wanted)) return std::move(*again);
            if (auto fault = fault_of_applying(session, wanted)) return *fault;
            const auto id = insert_onboarding(session, wanted, hash);
            if (!id) {
                // The same request was faster.
                if (auto again = made_before(session, wanted)) return std::move(*again);
                throw std::runtime_error{"an application was refused for no reason"};
            }
            store_contact(session, *id, vault_.seal(*id, contact));
            submit(session, *id, 1, wanted.papers);
            Applied made{*find_onboarding(session, *id, Hold::no), true};
            told_.moved(session, made.onboarding);
            return made;
        });
}

Admitting::Awaitable<Done> Admitting::look_at_correcting(OnboardingId id) {
    return pool_.transact([id](Session& session) -> Result<Done> {
        const auto one = find_onboarding(session, id, Hold::no);
        if (!one) return onboarding_unknown();
        const auto next = state_after(*one, OnboardingAction::submit, {});
        if (!next) return next.error();
        return Done{};
    });
}

Admitting::Awaitable<Onboarding> Admitting::correct(OnboardingId id, Correction correction) {
    return database::transact_telling(
        pool_, told_.committed,
        [this, id, correction = std::move(correction)](Session& session) -> Result<Onboarding> {
            const auto one = held(session, id);
            if (!one) return one.error();
            const auto next = state_after(*one, OnboardingAction::submit, {});
            if (!next) return next.error();
            const auto& login = correction.login.text();
            if (auto fault = fault_of_papers(session, correction.papers)) return *fault;
            const auto contact = corrected(session, id, correction.contact, vault_);
            if (!contact) return contact.error();
            replace_papers(session, id, correction.papers, login, correction.password_hash);
            store_contact(session, id, vault_.seal(id, *contact));
            submit(session, id, one->version + 1, correction.papers);
            auto changed = *find_onboarding(session, id, Hold::no);
            told_.moved(session, changed);
            return changed;
        });
}

Admitting::Awaitable<Onboarding> Admitting::act(OnboardingId id, Step step, AccountId account,
                                                OrganisationId house) {
    return database::transact_telling(
        pool_, told_.committed,
        [this, id, step = std::move(step), account, house](Session& session) -> Result<Onboarding> {
            const auto one = held(session, id);
            if (!one) return one.error();
            if (auto fault = fault_of(*one, step)) return *fault;
            const OnboardingParty party{account, find_organisation(session, house)};
            const auto next = state_after(*one, step.action, party);
            if (!next) return next.error();
            const auto at = session.now();
            if (step.action == OnboardingAction::verify) {
                if (auto fault = fault_of_verifying(session, *one)) return *fault;
            }
            std::optional<Organisation> made;
            if (*next == OnboardingState::verified) {
                auto merchant = make_merchant(session, *one, vault_);
                if (!merchant) return merchant.error();
                made = std::move(*merchant);
            }
            append_step(session, id, {step.action, *next, one->version, step.reason, at, account},
                        std::nullopt, made ? std::optional{made->id} : std::nullopt);
            auto changed = *find_onboarding(session, id, Hold::no);
            told_.moved(session, changed);
            if (made) told_.verified(session, *made, changed, at);
            return changed;
        });
}

Admitting::Awaitable<Onboarding> Admitting::find(OnboardingId id) const {
    return pool_.transact([id](Session& session) -> Result<Onboarding> {
        auto found = find_onboarding(session, id, Hold::no);
        if (!found) return onboarding_unknown();
        return std::move(*found);
    });
}

Admitting::Awaitable<std::vector<Onboarding>> Admitting::list(std::optional<OnboardingState> state,
                                                              OnboardingId after, std::size_t count) const {
    return pool_.transact([=](Session& session) -> Result<std::vector<Onboarding>> {
        return list_onboardings(session, state, after, count);
    });
}

Admitting::Awaitable<Contact> Admitting::show_contact(OnboardingId id, AccountId account) {
    return pool_.transact([this, id, account](Session& session) -> Result<Contact> {
        const auto one = find_onboarding(session, id, Hold::no);
        if (!one) return onboarding_unknown();
        if (!one->shows_contact_to(account)) {
            return Error{Failure::forbidden, "not-the-verifier",
                         "once it is decided, only those who decided see whom to call"};
        }
        auto contact = contact_of(session, id, vault_);
        if (!contact) return Error{Failure::not_found, "contact-destroyed", "whom to call is no longer kept"};
        log_contact_view(session, id, account, session.now());
        return std::move(*contact);
    });
}

Result<Done> Admitting::lapse() {
    auto done = pool_.transact_blocking([this](Session& session) -> Result<Done> {
        const auto at = session.now();
        for (const auto id : returned_before(session, at - return_answered_within, lapsed_at_once)) {
            const auto one = find_onboarding(session, id, Hold::lock);
            if (one->state != OnboardingState::returned) continue;  // Corrected at this moment.
            append_step(session, id,
                        {.action = OnboardingAction::withdraw,
                         .state = OnboardingState::withdrawn,
                         .version = one->version,
                         .reason = "no correction came in time",
                         .at = at,
                         .by = {}},
                        std::nullopt, std::nullopt);
            told_.moved(session, *find_onboarding(session, id, Hold::no));
        }
        destroy_contacts(session, at - contact_kept, lapsed_at_once);
        return Done{};
    });
    if (done) told_.committed();
    return done;
}

}  // namespace shanhai::identity
