#include "chassis/events/feed_asker.hpp"

#include "chassis/guarded.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <stdexcept>
#include <utility>

namespace asio = boost::asio;

namespace shanhai::events {

FeedAsker::FeedAsker(std::vector<FeedTalk> sources, Bell& answered) : answered_{answered} {
    for (auto& source : sources) lines_.push_back(std::make_unique<Line>(std::move(source), io_));
}

void FeedAsker::start() {
    thread_ = std::thread{[this] {
        while (!chassis::guarded("feeds", [this] { io_.run(); })) continue;
    }};
}

void FeedAsker::stop() {
    if (!thread_.joinable()) return;
    io_.stop();
    thread_.join();
}

void FeedAsker::ask(std::size_t source, std::uint64_t after, Telling telling) {
    auto& line = *lines_.at(source);
    {
        const std::lock_guard lock{mutex_};
        if (line.asked) throw std::logic_error{"a feed is asked one question at a time"};
        line.asked = true;
    }
    asio::co_spawn(io_, talk_to(line, after, telling), [](std::exception_ptr thrown) {
        if (thrown) std::rethrow_exception(thrown);
    });
}

bool FeedAsker::busy(std::size_t source) const {
    const std::lock_guard lock{mutex_};
    return lines_.at(source)->asked;
}

bool FeedAsker::waiting() const {
    const std::lock_guard lock{mutex_};
    return std::ranges::any_of(lines_, [](const auto& line) { return line->asked && !line->answer; });
}

bool FeedAsker::answered() const {
    const std::lock_guard lock{mutex_};
    return std::ranges::any_of(lines_, [](const auto& line) { return line->answer.has_value(); });
}

std::optional<Result<FeedPage>> FeedAsker::take(std::size_t source) {
    const std::lock_guard lock{mutex_};
    auto& line = *lines_.at(source);
    if (!line.answer) return std::nullopt;
    line.asked = false;
    return std::exchange(line.answer, std::nullopt);
}

asio::awaitable<void> FeedAsker::talk_to(Line& line, std::uint64_t after, Telling telling) {
    auto answer = co_await answer_of(line, after, telling);
    const std::lock_guard lock{mutex_};
    line.answer = std::move(answer);
    answered_.ring();
}

/// Whatever happens there is an answer, or the source would never be asked again.
asio::awaitable<Result<FeedPage>> FeedAsker::answer_of(Line& line, std::uint64_t after, Telling telling) {
    try {
        const auto question = line.talk.ask(after, telling);
        const auto response = co_await line.client.send(question.request);
        co_return line.talk.hear(question, response);
    } catch (const std::exception& error) {
        observe::log_limited("feed-failed", error.what());
    }
    co_return Error{Failure::unavailable, "feed-unusable", "The feed could not be asked."};
}

}  // namespace shanhai::events
