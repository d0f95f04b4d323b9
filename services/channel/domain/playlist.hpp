#pragma once

#include "vocabulary/ids.hpp"
#include "vocabulary/time.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace shanhai::channel {

/// A product on a placement's screen from one moment to another.
struct PlaylistItem {
    static constexpr std::int64_t seconds_default = 15;
    static constexpr std::int64_t seconds_max = 3600;

    ProductId product{};
    Instant from{};  ///< Half-open [from, to).
    Instant to{};
    std::int64_t seconds = seconds_default;  ///< Its share of each round, while others play too.

    bool plays_at(Instant at) const { return from <= at && at < to; }

    friend bool operator==(const PlaylistItem&, const PlaylistItem&) = default;
};

/// What a placement shows when. Whatever plays at a moment depends on that moment alone, so that screens,
/// codes and every copy of this service agree without talking to one another.
class Playlist {
public:
    static constexpr std::size_t items_max = 200;

    Playlist() = default;
    /// Fails with Failure::invalid on too many items, an item that ends before it begins, or a share of a
    /// round outside 1 to seconds_max.
    static Result<Playlist> draft(std::vector<PlaylistItem> items);

    const std::vector<PlaylistItem>& items() const { return items_; }

    /// The product on screen. Items that play at the same time take turns in the order of the list, each for
    /// its seconds; rounds are counted from 1970-01-01T00:00:00Z. Nothing when no item plays.
    std::optional<ProductId> playing_at(Instant at) const;

    /// The product that a shopper saw here last, or will see first: for when nothing plays.
    std::optional<ProductId> nearest_to(Instant at) const;

    friend bool operator==(const Playlist&, const Playlist&) = default;

private:
    explicit Playlist(std::vector<PlaylistItem> items) : items_{std::move(items)} {}

    std::vector<PlaylistItem> items_;
};

}  // namespace shanhai::channel
