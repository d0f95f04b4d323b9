#pragma once

#include "chassis/database/session.hpp"
#include "chassis/security/envelope.hpp"
#include "identity/domain/onboarding.hpp"

#include <optional>
#include <string>
#include <vector>

namespace shanhai::identity {

/// An application as it first comes.
struct NewOnboarding {
    MerchantPapers papers;
    Login login;
    std::string request_key;   ///< 32 bytes: which request this is.
    std::string request_hash;  ///< 32 bytes: what it says.
};

/// Nothing when the request was seen before.
std::optional<OnboardingId> insert_onboarding(database::Session& session, const NewOnboarding& wanted,
                                              const std::string& password_hash);
/// The application that this request made before, and the hash of what it said then.
struct SeenRequest {
    OnboardingId id{};
    std::string request_hash;
};
std::optional<SeenRequest> find_request(database::Session& session, const std::string& request_key);
/// Whether an account has that login.
bool is_login_taken(database::Session& session, const std::string& login);
/// Whether an organisation has the credit code or the name.
bool is_registered(database::Session& session, const MerchantPapers& papers);
std::int64_t open_onboardings(database::Session& session);

enum class Hold { no, lock };
std::optional<Onboarding> find_onboarding(database::Session& session, OnboardingId id, Hold hold);
/// At most `count` behind `after`, in the order of their ids; of one state, or all.
std::vector<Onboarding> list_onboardings(database::Session& session, std::optional<OnboardingState> state,
                                         OnboardingId after, std::size_t count);
/// The corrected papers, as a new version; a password where another one is given.
void replace_papers(database::Session& session, OnboardingId id, const MerchantPapers& papers,
                    const std::string& login, const std::optional<std::string>& password_hash);
/// Appends a step. One that ends it forgets the password; `made` is what came of it.
void append_step(database::Session& session, OnboardingId id, const OnboardingStep& step,
                 const std::optional<std::string>& papers, std::optional<OrganisationId> made);
std::string password_hash_of(database::Session& session, OnboardingId id);

void store_contact(database::Session& session, OnboardingId id, const security::Envelope& envelope);
/// Nothing when it was destroyed.
std::optional<security::Envelope> load_contact(database::Session& session, OnboardingId id);
void log_contact_view(database::Session& session, OnboardingId id, AccountId by, Instant at);
/// Open applications that were returned before that moment, at most `count`.
std::vector<OnboardingId> returned_before(database::Session& session, Instant moment, std::size_t count);
/// Destroys the contacts, and the logins, of applications that ended before that moment, however they did; of
/// at most `count`.
void destroy_contacts(database::Session& session, Instant ended_before, std::size_t count);

}  // namespace shanhai::identity
