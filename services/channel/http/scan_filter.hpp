#pragma once

#include "chassis/http/limiter.hpp"
#include "chassis/http/message.hpp"
#include "vocabulary/ids.hpp"

namespace shanhai::channel {

/// Whether somebody looked at a code: not what fetches pages ahead of people (Sec-Purpose, Purpose), draws
/// previews of links in chats, or crawls; nor what a browser loads into a page (Sec-Fetch-Mode,
/// Sec-Fetch-Dest). They all get their answer; they do not count.
bool is_of_a_person(const http::Request& request);

/// Keeps one network from counting as a crowd: of each code it may count 60 scans at once and one a second
/// after that, which a train full of people behind one address of their carrier does not reach. In memory,
/// bounded.
class ScanCap {
public:
    /// From any thread. Who is not known (tests) is not capped.
    bool counts(PlacementId placement, std::uint64_t network, http::LimiterClock::time_point at);

private:
    http::BucketMap buckets_{64 * 1024};
};

}  // namespace shanhai::channel
