#pragma once

#include "identity/domain/account.hpp"
#include "vocabulary/time.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shanhai::identity {

enum class ApiKeyId : std::uint64_t {};

enum class ApiKeyState { active, expired, withdrawn };

/// A key by which programs of a merchant's house act for it, within its scopes (proto/key_scopes.csv). The
/// key itself is told once and kept as its SHA-256.
struct ApiKey {
    static constexpr std::size_t name_max = 60;
    static constexpr std::int64_t days_max = 366;
    static constexpr std::int64_t active_max = 20;  ///< Of one house at once.
    static constexpr std::size_t prefix_size = 12;

    ApiKeyId id{};
    OrganisationId house{};
    std::string name{};
    std::string prefix{};               ///< What a key begins with, so that its holder finds it in the list.
    std::vector<std::string> scopes{};  ///< Sorted.
    AccountId made_by{};                ///< It acts as this owner, and ends with that.
    Instant made{};
    Instant expires{};
    std::optional<Instant> withdrawn{};
    std::optional<Instant> last_used{};  ///< To the minute.

    ApiKeyState state(Instant at) const;
    /// Why it opens nothing: 401 `api-key-withdrawn`, `api-key-expired`.
    std::optional<Error> fault_of_using(Instant at) const;
    /// Whether a use at that moment is worth writing down.
    bool notes_use(Instant at) const;
};

/// What of a key is shown in lists.
std::string_view prefix_of(std::string_view key);

/// The scopes in their order; 422 at /scopes when one comes twice.
Result<std::vector<std::string>> distinct_scopes(std::vector<std::string> scopes);

}  // namespace shanhai::identity

namespace shanhai {
template <>
struct WireNames<identity::ApiKeyState> {
    static constexpr std::array<std::string_view, 3> names{"ACTIVE", "EXPIRED", "WITHDRAWN"};
};
}  // namespace shanhai
