#pragma once

#include "chassis/events/codec.hpp"
#include "chassis/events/wanted.hpp"
#include "chassis/http/client.hpp"
#include "chassis/security/key_ring.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shanhai::events {

/// At most so many frames, and about so many bytes, in one answer of a feed.
inline constexpr std::size_t feed_frames_max = 1000;
/// The frames that one answer is condensed from, and their bytes: the consumer applies them in one
/// transaction.
inline constexpr std::size_t condensed_frames_max = 8000;
inline constexpr std::size_t condensed_bytes_max = 4 * 1024 * 1024;
inline constexpr std::size_t feed_bytes_max = 8 * 1024 * 1024;

/// An answer of a producer's feed.
struct FeedPage {
    /// Oldest first, gapless, the first one right after what was asked for; or condensed from such.
    Stretch stretch;
    std::uint64_t head = 0;  ///< Shanhai-Head: the last number the producer has given.
    std::string epoch;       ///< Shanhai-Epoch: which life of the outbox these numbers count in.
    std::chrono::milliseconds lag{
        0};  ///< Shanhai-Lag-Milliseconds: age of the oldest frame without a number.
    /// Shanhai-Last-Hash: SHA-256 of the frame that was asked after; empty when the outbox does not hold it.
    std::string last_hash;
};

/// The error of FeedReader::read that says: somebody who has not the producer's secret answered.
inline constexpr std::string_view feed_forged = "feed-forged";

/// Frames as they are, or only the kinds of facts that are wanted.
enum class Telling { whole, condensed };

/// What is asked of one producer's feed, and what its answers are worth. When answers take too long it asks
/// for less.
class FeedTalk {
public:
    /// `url` is the internal address of the producing service, `keys` prove its answers. Asks for facts of
    /// the `wanted` kinds; for all when there are none.
    FeedTalk(std::string producer, std::string url, std::string internal_key, security::KeyRing keys,
             const std::vector<Wanted>& wanted = {});

    struct Question {
        http::ClientRequest request;
        std::uint64_t after = 0;
        std::string nonce;
        std::string wanted{};  ///< The kinds of facts; empty: all.
    };
    /// For the frames after that number, or what of them is wanted. Its limit is a second and a bit.
    Question ask(std::uint64_t after, Telling telling = Telling::whole) const;
    /// Fails with `feed_forged` when the answer bears no good MAC (Shanhai-Mac: over the question, a nonce,
    /// the headers and the body) or the producer found a frame in its outbox without its seal, otherwise with
    /// Failure::unavailable.
    Result<FeedPage> hear(const Question& question, const Result<http::ClientResponse>& response);

private:
    Result<FeedPage> page_of(const http::ClientResponse& response, const Question& question) const;

    std::string producer_;
    std::string url_;
    std::string internal_key_;
    security::KeyRing keys_;
    std::string wanted_;  // As its question says it; empty for all.
    std::size_t frames_wanted_ = feed_frames_max;
    std::size_t condensed_wanted_ = condensed_frames_max;
};

/// Asks one producer's feed, blocking, and gives up after a second and a bit so that its thread can always be
/// stopped soon.
class FeedReader {
public:
    FeedReader(std::string producer, std::string url, std::string internal_key, security::KeyRing keys)
        : talk_{std::move(producer), std::move(url), std::move(internal_key), std::move(keys)} {}

    /// As FeedTalk::hear.
    Result<FeedPage> read(std::uint64_t after);

private:
    FeedTalk talk_;
    http::Client client_;
};

}  // namespace shanhai::events
