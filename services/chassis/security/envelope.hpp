#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace shanhai::security {

/// Something personal as it is stored, sealed with a data key of its own. Whoever destroys `wrapped_key`
/// destroys what is in it.
struct Envelope {
    std::string wrapped_key;
    std::string sealed;
};

/// Draws a data key, which the master key (32 bytes) wraps; both are bound to `associated`, which says whose
/// it is ("order:7"), so that no envelope opens in another one's place. AES-256-GCM throughout.
Envelope seal_in_envelope(std::string_view master_key, std::string_view plain, std::string_view associated);
/// Nothing when the key was destroyed, is another one, or anything was altered.
std::optional<std::string> open_envelope(std::string_view master_key, const Envelope& envelope,
                                         std::string_view associated);

}  // namespace shanhai::security
