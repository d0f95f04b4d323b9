#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shanhai::security {

/// Who asks, as the access token says.
struct Principal {
    std::uint64_t account = 0;
    std::uint64_t organisation = 0;  ///< 0: none.
    std::string name;
    std::vector<std::string> roles;  ///< "merchant", "certifier", "operator", "auditor", "admin".
    std::uint64_t session = 0;       ///< The sign-in that the token descends from; 0: none is known.
    /// What the API key may that the token was given for; nothing: a person signed in.
    std::optional<std::vector<std::string>> scopes{};

    bool has(std::string_view role) const;
};

}  // namespace shanhai::security
