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
