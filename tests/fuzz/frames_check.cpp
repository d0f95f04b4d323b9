#include "fuzz/targets.hpp"

#include "chassis/events/bounds.hpp"
#include "chassis/events/codec.hpp"

#include <google/protobuf/stubs/logging.h>
#include <algorithm>
#include "shanhai/event/v1/orders.pb.h"

namespace shanhai::fuzz {
namespace {

using events::Event;

/// Nothing where it throws what it says it throws; anything else ends the test.
template <class Read>
auto unless_refused(Read read) -> std::optional<decltype(read())> {
    try {
        return read();
    } catch (const std::runtime_error&) {
        return std::nullopt;
    }
}

bool same(const Event& left, const Event& right) {
    return left.type == right.type && left.payload == right.payload;
}

std::string fault_of_frame(const events::RawFrame& raw) {
    const auto frame = unless_refused([&] { return events::decode_frame("orders", raw); });
    if (!frame) return {};
    if (frame->seq != raw.seq || frame->producer != "orders") return "a frame of another place";
    const auto again =
        events::decode_frame("orders", {raw.seq, events::encode_frame(frame->at, frame->events)});
    if (again.at != frame->at || !std::ranges::equal(again.events, frame->events, same))
        return "a frame that is another one when it is written again";
    for (const auto& event : frame->events) {
        event::v1::OrderPaid fact;
        unless_refused([&] { return event.read(fact) && events::fault_of(fact); });
    }
    return {};
}

}  // namespace

/// The same bytes as a frame, as the body of a feed, and as a fact.
std::string fault_of_frames(std::string_view bytes) {
    // It writes a line for each text that is not UTF-8: thousands of them a second here.
    [[maybe_unused]] static auto* const silenced = google::protobuf::SetLogHandler(nullptr);
    const std::string text{bytes};
    if (auto fault = fault_of_frame({7, text}); !fault.empty()) return fault;
    event::v1::OrderPaid fact;
    if (fact.ParseFromString(text)) events::fault_of(fact);
    const auto frames = unless_refused([&] { return events::decode_feed(text); });
    if (!frames) return {};
    if (events::decode_feed(events::encode_feed(*frames)) != *frames)
        return "a feed that differs when written again";
    for (const auto& frame : *frames) {
        if (auto fault = fault_of_frame(frame); !fault.empty()) return fault;
    }
    return {};
}

}  // namespace shanhai::fuzz
