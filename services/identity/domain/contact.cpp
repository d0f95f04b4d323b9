#include "identity/domain/contact.hpp"

#include "chassis/security/crypto.hpp"

#include <utility>

namespace shanhai::identity {
namespace {

constexpr char separator = '\n';  // No control character gets into a contact's texts.

std::string bound_to(OnboardingId id) { return "onboarding:" + std::to_string(number(id)); }

}  // namespace

Contact ContactChange::applied_to(Contact before) const {
    return {name.value_or(std::move(before.name)), phone.value_or(std::move(before.phone)),
            owner_name.value_or(std::move(before.owner_name))};
}

ApplicantVault::ApplicantVault(std::string_view key)
    : contact_key_{security::hmac_sha256(key, "contacts of applicants")},
      token_key_{security::hmac_sha256(key, "tokens of applicants")} {}

security::Envelope ApplicantVault::seal(OnboardingId id, const Contact& contact) const {
    const auto text = contact.name + separator + contact.phone + separator + contact.owner_name;
    return security::seal_in_envelope(contact_key_, text, bound_to(id));
}

std::optional<Contact> ApplicantVault::open(OnboardingId id, const security::Envelope& envelope) const {
    const auto text = security::open_envelope(contact_key_, envelope, bound_to(id));
    if (!text) return std::nullopt;
    const auto first = text->find(separator);
    const auto second = first == std::string::npos ? first : text->find(separator, first + 1);
    if (second == std::string::npos) return std::nullopt;
    return Contact{text->substr(0, first), text->substr(first + 1, second - first - 1),
                   text->substr(second + 1)};
}

std::string ApplicantVault::token_of(OnboardingId id) const {
    return security::base64url(security::hmac_sha256(token_key_, bound_to(id)));
}

bool ApplicantVault::is_token_of(OnboardingId id, std::string_view token) const {
    return security::equal_in_constant_time(token, token_of(id));
}

}  // namespace shanhai::identity
