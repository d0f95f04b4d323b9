#include "chassis/events/codec.hpp"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/util/delimited_message_util.h>
#include <google/protobuf/wire_format_lite.h>
#include <algorithm>
#include <limits>
#include "shanhai/event/v1/frame.pb.h"

namespace shanhai::events {

namespace wire = shanhai::event::v1;
namespace io = google::protobuf::io;
namespace delimited = google::protobuf::util;

namespace {

using google::protobuf::internal::WireFormatLite;

constexpr auto at_tag =
    WireFormatLite::MakeTag(wire::Frame::kAtUsFieldNumber, WireFormatLite::WIRETYPE_VARINT);
constexpr auto events_tag =
    WireFormatLite::MakeTag(wire::Frame::kEventsFieldNumber, WireFormatLite::WIRETYPE_LENGTH_DELIMITED);
constexpr auto type_tag =
    WireFormatLite::MakeTag(wire::Event::kTypeFieldNumber, WireFormatLite::WIRETYPE_LENGTH_DELIMITED);
constexpr auto payload_tag =
    WireFormatLite::MakeTag(wire::Event::kPayloadFieldNumber, WireFormatLite::WIRETYPE_LENGTH_DELIMITED);

/// Calls `take` with the tag of each field, its content when it has a length, and all of it; false when the
/// bytes are no message.
template <class Take>
bool for_each_field(std::string_view bytes, Take take) {
    io::CodedInputStream in{reinterpret_cast<const std::uint8_t*>(bytes.data()),
                            static_cast<int>(bytes.size())};
    const auto between = [bytes](int from, int until) {
        return bytes.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(until - from));
    };
    for (;;) {
        const auto begin = in.CurrentPosition();
        const auto tag = in.ReadTag();
        if (tag == 0) return in.ConsumedEntireMessage();
        std::string_view content;
        if (WireFormatLite::GetTagWireType(tag) == WireFormatLite::WIRETYPE_LENGTH_DELIMITED) {
            std::uint32_t length = 0;
            if (!in.ReadVarint32(&length)) return false;
            const auto at = in.CurrentPosition();
            if (length > bytes.size() || !in.Skip(static_cast<int>(length))) return false;
            content = between(at, in.CurrentPosition());
        } else if (!WireFormatLite::SkipField(&in, tag)) {
            return false;
        }
        if (!take(tag, content, between(begin, in.CurrentPosition()))) return false;
    }
}

}  // namespace

std::optional<FrameView> view_of_frame(std::string_view bytes) {
    if (bytes.size() > std::numeric_limits<int>::max()) return std::nullopt;
    FrameView view;
    const auto take_event = [&view](std::string_view content, std::string_view field) {
        FrameView::EventView event{{}, {}, field};
        const bool read =
            for_each_field(content, [&event](auto tag, std::string_view value, std::string_view) {
                if (tag == type_tag) event.type = value;
                if (tag == payload_tag) event.payload = value;
                return true;
            });
        view.events.push_back(event);
        return read;
    };
    const bool read = for_each_field(bytes, [&](auto tag, std::string_view content, std::string_view field) {
        if (tag == at_tag) view.at = field;
        return tag != events_tag || take_event(content, field);
    });
    if (!read) return std::nullopt;
    return view;
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
    {
        io::StringOutputStream out{&bytes};
        // One for all: each would clear all of the room that the string has left.
        io::CodedOutputStream coded{&out};
        wire::NumberedFrame message;
        for (const auto& frame : frames) {
            message.set_seq(frame.seq);
            message.set_frame(frame.bytes);
            delimited::SerializeDelimitedToCodedStream(message, &coded);
        }
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
