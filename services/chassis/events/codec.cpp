#include "chassis/events/codec.hpp"

#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/util/delimited_message_util.h>
#include <algorithm>
#include <limits>
#include "shanhai/event/v1/frame.pb.h"

namespace shanhai::events {

namespace wire = shanhai::event::v1;
namespace io = google::protobuf::io;
namespace delimited = google::protobuf::util;

namespace {

/// Frames [from, until) of it. Which frame a piece of a condensed stretch ends with is known, but its hash is
/// not.
Stretch piece_of(const Stretch& whole, std::size_t from, std::size_t until) {
    const auto at = [&](std::size_t i) { return whole.frames.begin() + static_cast<std::ptrdiff_t>(i); };
    Stretch piece{{at(from), at(until)}};
    if (!whole.condensed) return piece;
    auto span = *whole.condensed;
    if (from > 0) span.after = whole.frames[from - 1].seq;
    if (until < whole.frames.size()) {
        span.until = until > 0 ? whole.frames[until - 1].seq : span.after;
        span.until_hash.clear();
    }
    piece.condensed = span;
    return piece;
}

}  // namespace

std::vector<Stretch> chunks_of(const Stretch& stretch, std::size_t frames_max) {
    std::vector<Stretch> chunks;
    std::size_t from = 0;
    do {
        const auto until = std::min(stretch.frames.size(), from + frames_max);
        chunks.push_back(piece_of(stretch, from, until));
        from = until;
    } while (from < stretch.frames.size());
    return chunks;
}

std::array<Stretch, 3> split_at(const Stretch& stretch, std::uint64_t seq) {
    const auto found = std::ranges::find(stretch.frames, seq, &RawFrame::seq);
    if (found == stretch.frames.end()) throw std::logic_error{"a frame that is not in the stretch"};
    const auto at = static_cast<std::size_t>(found - stretch.frames.begin());
    return {piece_of(stretch, 0, at), piece_of(stretch, at, at + 1),
            piece_of(stretch, at + 1, stretch.frames.size())};
}

bool lacks_next(const Stretch& stretch, std::uint64_t seq, std::uint64_t head) {
    if (stretch.condensed)
        return stretch.condensed->after != seq || (stretch.condensed->until <= seq && head > seq);
    return stretch.frames.empty() ? head > seq : stretch.frames.front().seq != seq + 1;
}

std::string encode_frame(Instant at, const std::vector<Event>& events) {
    wire::Frame frame;
    frame.set_at_us(unix_microseconds(at));
    for (const auto& event : events) {
        auto& added = *frame.add_events();
        added.set_type(event.type);
        added.set_payload(event.payload);
    }
    return frame.SerializeAsString();
}

Frame decode_frame(const std::string& producer, const RawFrame& raw) {
    wire::Frame message;
    if (!message.ParseFromString(raw.bytes)) throw std::runtime_error{"the frame's bytes cannot be read"};
    Frame frame;
    frame.producer = producer;
    frame.seq = raw.seq;
    frame.at = instant_of(message.at_us());
    frame.events.reserve(static_cast<std::size_t>(message.events_size()));
    for (auto& event : *message.mutable_events()) {
        frame.events.push_back({std::move(*event.mutable_type()), std::move(*event.mutable_payload())});
    }
    return frame;
}

std::string encode_feed(const std::vector<RawFrame>& frames) {
    std::string bytes;
    io::StringOutputStream out{&bytes};
    wire::NumberedFrame message;
    for (const auto& frame : frames) {
        message.set_seq(frame.seq);
        message.set_frame(frame.bytes);
        delimited::SerializeDelimitedToZeroCopyStream(message, &out);
    }
    return bytes;
}

std::vector<RawFrame> decode_feed(const std::string& bytes) {
    if (bytes.size() > std::numeric_limits<int>::max())
        throw std::runtime_error{"the feed's answer is too long"};
    io::ArrayInputStream in{bytes.data(), static_cast<int>(bytes.size())};
    std::vector<RawFrame> frames;
    for (;;) {
        wire::NumberedFrame message;
        bool clean_end = false;
        if (!delimited::ParseDelimitedFromZeroCopyStream(&message, &in, &clean_end)) {
            if (clean_end) return frames;
            throw std::runtime_error{"the feed's answer cannot be read"};
        }
        frames.push_back({message.seq(), std::move(*message.mutable_frame())});
    }
}

}  // namespace shanhai::events
