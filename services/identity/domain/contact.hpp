#pragma once

#include "chassis/security/envelope.hpp"
#include "identity/domain/onboarding.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace shanhai::identity {

/// The people behind an application. Personal data: kept in the vault only, never logged, never in a fact.
struct Contact {
    std::string name;        ///< Whom to call.
    std::string phone;       ///< As phone_digits returns it.
    std::string owner_name;  ///< Whose account it becomes.

    friend bool operator==(const Contact&, const Contact&) = default;
};

/// What of a contact somebody says anew, who is never shown what he said before; nothing: it stays.
struct ContactChange {
    std::optional<std::string> name;
    std::optional<std::string> phone;
    std::optional<std::string> owner_name;

    bool is_whole() const { return name && phone && owner_name; }
    Contact applied_to(Contact before) const;
};

/// Encrypts contacts, each with a data key of its own that is bound to its application, and makes the tokens
/// that open one's own application.
class ApplicantVault {
public:
    /// `key`: 32 bytes, from which both keys are derived.
    explicit ApplicantVault(std::string_view key);

    security::Envelope seal(OnboardingId id, const Contact& contact) const;
    /// Nothing when the key was destroyed or anything was altered.
    std::optional<Contact> open(OnboardingId id, const security::Envelope& envelope) const;

    std::string token_of(OnboardingId id) const;
    bool is_token_of(OnboardingId id, std::string_view token) const;

private:
    std::string contact_key_;
    std::string token_key_;
};

}  // namespace shanhai::identity
