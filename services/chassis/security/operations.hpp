#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace shanhai::security {

/// Where an operation is reached.
enum class Port : std::uint8_t { public_, internal_, both_ };

/// Who may do one thing: a row of proto/operations.csv, whose columns scripts/lib/operations.py explains.
/// Those who may are alternatives; with none of them nobody may.
struct Operation {
    std::string_view name;
    std::string_view method;
    std::string_view path;  ///< As routes are mounted, without the names of the query.
    Port port = Port::public_;
    bool anybody = false;
    std::string_view held_key{};  ///< The header of a key that its holder may show; the handler checks it.
    bool any_account = false;     ///< Whoever is signed in. With `anybody`: who is signed in is known.
    std::array<std::string_view, 5> roles{};  ///< Ends at the first empty one.
    bool own_only = false;                    ///< Merchants act for their own organisation only.
    std::string_view
        key{};  ///< "feed-key": a secret of the platform's own processes, which the handler checks.
    std::string_view limit{};  ///< The name of the limiter's policy.
    std::string_view
        key_scope{};  ///< Which an API key needs for it (proto/key_scopes.csv); empty: it takes a person.

    constexpr bool takes(std::string_view role) const {
        for (const auto one : roles) {
            if (!one.empty() && one == role) return true;
        }
        return false;
    }
    /// Whether an access token means something here.
    constexpr bool signs_in() const { return any_account || !roles.front().empty(); }
    constexpr bool reads() const { return method == "GET"; }
};

/// The whole table, made from proto/operations.csv when the program is built.
std::span<const Operation> operations();

/// Every scope that an API key can have, sorted.
std::span<const std::string_view> key_scopes();

/// The row of a route, or null.
const Operation* find_operation(Port port, std::string_view method, std::string_view path);

}  // namespace shanhai::security
