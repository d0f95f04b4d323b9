#pragma once

#include "chassis/events/frame.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shanhai::events {

/// A frame as it travels: its number, and the bytes that the outbox holds, not yet looked into.
struct RawFrame {
    std::uint64_t seq = 0;
    std::string bytes;
    std::string mac{};  ///< In a stream: what proves it, see proof.hpp. Feeds prove whole pages.

    friend bool operator==(const RawFrame&, const RawFrame&) = default;
};

/// Frames on their way into a service, oldest first: all that follow each other, or what is left of them for
/// it (condense.hpp).
struct Stretch {
    std::vector<RawFrame> frames;
    /// Which frames it stands for when some may be left out: those after `after`, up to `until`.
    struct Span {
        std::uint64_t after = 0;
        std::uint64_t until = 0;
        std::string
            until_hash;  ///< SHA-256 of frame `until` as the producer's outbox holds it; empty: unknown.
    };
    std::optional<Span> condensed{};
};
/// Whether the stretch does not go on right after frame `seq`, although there are frames up to `head`.
bool lacks_next(const Stretch& stretch, std::uint64_t seq, std::uint64_t head);

/// shanhai.event.v1.Frame, serialised.
std::string encode_frame(Instant at, const std::vector<Event>& events);
/// Throws std::runtime_error when the bytes are not a frame.
Frame decode_frame(const std::string& producer, const RawFrame& raw);

/// A frame where it lies in its bytes, of which nothing is copied.
struct FrameView {
    struct EventView {
        std::string_view type;
        std::string_view payload;
        std::string_view field;  ///< All of it, as it stands in the frame.
    };
    std::string_view at;  ///< The field that says when it was written, as it stands in the frame.
    std::vector<EventView> events;
};
/// Nothing when the bytes are not a frame. They must outlive the view.
std::optional<FrameView> view_of_frame(std::string_view bytes);

/// A sequence of shanhai.event.v1.NumberedFrame, each after its length as a varint.
std::string encode_feed(const std::vector<RawFrame>& frames);
/// Throws std::runtime_error when the bytes are anything else, or end in the middle of a frame.
std::vector<RawFrame> decode_feed(const std::string& bytes);

}  // namespace shanhai::events
