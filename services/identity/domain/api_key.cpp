#include "identity/domain/api_key.hpp"

#include <algorithm>

namespace shanhai::identity {
namespace {

constexpr std::chrono::minutes use_noted_each{1};

Error refused(std::string code, std::string message) {
    return Error{Failure::unauthenticated, std::move(code), std::move(message)};
}

}  // namespace

ApiKeyState ApiKey::state(Instant at) const {
    if (withdrawn) return ApiKeyState::withdrawn;
    return at < expires ? ApiKeyState::active : ApiKeyState::expired;
}

std::optional<Error> ApiKey::fault_of_using(Instant at) const {
    switch (state(at)) {
        case ApiKeyState::withdrawn:
            return refused("api-key-withdrawn", "this API key was withdrawn; ask the owner for another one");
        case ApiKeyState::expired:
            return refused("api-key-expired", "this API key has expired; ask the owner for another one");
        case ApiKeyState::active:
            break;
    }
    return std::nullopt;
}

bool ApiKey::notes_use(Instant at) const { return !last_used || at >= *last_used + use_noted_each; }

std::string_view prefix_of(std::string_view key) { return key.substr(0, ApiKey::prefix_size); }

Result<std::vector<std::string>> distinct_scopes(std::vector<std::string> scopes) {
    std::ranges::sort(scopes);
    if (std::ranges::adjacent_find(scopes) != scopes.end())
        return invalid_field("/scopes", "names a scope twice");
    return scopes;
}

}  // namespace shanhai::identity
