#pragma once

#include "chassis/security/signed_token.hpp"
#include "vocabulary/ids.hpp"
#include "vocabulary/result.hpp"
#include "vocabulary/time.hpp"

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace shanhai::channel {

/// What may be the token of a code: 22 URL-safe characters.
class ScanToken {
public:
    static constexpr std::size_t length = 22;

    /// Fails with Failure::invalid. The text has to outlive the token.
    static Result<ScanToken> parse(std::string_view text);

    std::string_view text() const { return text_; }

private:
    explicit ScanToken(std::string_view text) : text_{text} {}

    std::string_view text_;
};

/// The tokens that codes carry: 22 URL-safe characters that name a placement and cannot be guessed.
class ScanTokens {
public:
    explicit ScanTokens(std::string key) : tokens_{std::move(key), "scan", mac_bytes} {}

    std::string of(PlacementId placement) const;
    /// The placement, or nothing when we never made this token.
    std::optional<PlacementId> read(std::string_view token) const;

private:
    static constexpr std::size_t mac_bytes = 8;

    security::SignedTokens tokens_;
};

/// Makes the tokens by which an order remembers the scan it came from: placement and second, signed.
class Attributions {
public:
    explicit Attributions(std::string key) : tokens_{std::move(key), "attribution", mac_bytes} {}

    /// Made once a second for each placement and thread; valid on this thread until the next call.
    const std::string& at(PlacementId placement, Instant at) const;

private:
    static constexpr std::size_t mac_bytes = 10;

    std::string make(PlacementId placement, std::uint32_t second) const;

    static inline std::atomic<std::uint64_t> made_ = 0;

    security::SignedTokens tokens_;
    std::uint64_t serial_ = ++made_;  // Tells the threads' caches whose tokens they hold.
};

}  // namespace shanhai::channel
