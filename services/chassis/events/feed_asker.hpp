#pragma once

#include "chassis/events/bell.hpp"
#include "chassis/events/feed.hpp"
#include "chassis/http/async_client.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace shanhai::events {

/// Asks the feeds of all producers of one consumer, each for itself, so that one that does not answer keeps
/// nobody waiting for another. One thread, whose coroutines only talk; what the answers say is for the
/// consumer's thread, which alone calls everything here. Sources are known by their place.
class FeedAsker {
public:
    /// Rings `answered` with each answer.
    FeedAsker(std::vector<FeedTalk> sources, Bell& answered);
    ~FeedAsker() { stop(); }
    FeedAsker(const FeedAsker&) = delete;
    FeedAsker& operator=(const FeedAsker&) = delete;

    void start();
    /// At once, whatever the producers do; what was asked is not answered any more.
    void stop();

    /// For the frames after that number. Not while an earlier answer is still to be taken.
    void ask(std::size_t source, std::uint64_t after, Telling telling);
    /// Whether something was asked of that source whose answer was not taken yet.
    bool busy(std::size_t source) const;
    /// Whether an answer from anybody may still come.
    bool waiting() const;
    /// Whether an answer is there to be taken.
    bool answered() const;
    /// The answer, once it is there, one time. As FeedTalk::hear.
    std::optional<Result<FeedPage>> take(std::size_t source);

private:
    struct Line {
        Line(FeedTalk to_whom, boost::asio::io_context& io) : talk{std::move(to_whom)}, client{io} {}

        FeedTalk talk;             // Of the asking coroutine, as the client.
        http::AsyncClient client;  // Destroyed before the loop, after it ran last.
        bool asked = false;
        std::optional<Result<FeedPage>> answer;
    };

    boost::asio::awaitable<void> talk_to(Line& line, std::uint64_t after, Telling telling);
    boost::asio::awaitable<Result<FeedPage>> answer_of(Line& line, std::uint64_t after, Telling telling);

    Bell& answered_;
    boost::asio::io_context io_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> open_{io_.get_executor()};
    std::vector<std::unique_ptr<Line>> lines_;
    mutable std::mutex mutex_;  // Guards what lines have asked and were answered.
    std::thread thread_;
};

}  // namespace shanhai::events
