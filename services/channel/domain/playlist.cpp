#include "channel/domain/playlist.hpp"

#include <string>
#include <utility>

namespace shanhai::channel {

Result<Playlist> Playlist::draft(std::vector<PlaylistItem> items) {
    if (items.size() > items_max) return invalid_field("/items", "a playlist has at most 200 items");
    std::vector<FieldError> faults;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto pointer = "/items/" + std::to_string(i);
        if (!in_our_time(items[i].from)) {
            faults.push_back({pointer + "/from", "an item plays between 2000 and 2199"});
        } else if (!in_our_time(items[i].to)) {
            faults.push_back({pointer + "/to", "an item plays between 2000 and 2199"});
        } else if (items[i].from >= items[i].to) {
            faults.push_back({pointer + "/to", "an item ends after it begins"});
        }
        if (items[i].seconds < 1 || items[i].seconds > PlaylistItem::seconds_max) {
            faults.push_back({pointer + "/seconds", "an item takes 1 to 3600 seconds of a round"});
        }
    }
    if (faults.empty()) return Playlist{std::move(items)};
    return Error{Failure::invalid, "validation-failed", "The playlist breaks a rule.", std::move(faults)};
}

std::optional<ProductId> Playlist::playing_at(Instant at) const {
    std::int64_t round = 0;
    for (const auto& item : items_) {
        if (item.plays_at(at)) round += item.seconds;
    }
    if (round == 0) return std::nullopt;

    const auto second = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
    auto into_round = ((second % round) + round) % round;  // Before 1970 the remainder is negative.
    for (const auto& item : items_) {
        if (!item.plays_at(at)) continue;
        if (into_round < item.seconds) return item.product;
        into_round -= item.seconds;
    }
    return std::nullopt;
}

std::optional<ProductId> Playlist::nearest_to(Instant at) const {
    const PlaylistItem* last_seen = nullptr;
    const PlaylistItem* next = nullptr;
    for (const auto& item : items_) {
        const bool begun = item.from <= at;
        if (begun && (last_seen == nullptr || last_seen->to < item.to)) last_seen = &item;
        if (!begun && (next == nullptr || item.from < next->from)) next = &item;
    }
    const auto* nearest = last_seen != nullptr ? last_seen : next;
    if (nearest == nullptr) return std::nullopt;
    return nearest->product;
}

}  // namespace shanhai::channel
