#include "chassis/events/feed.hpp"

#include "chassis/events/condense.hpp"
#include "chassis/events/outbox.hpp"
#include "chassis/events/proof.hpp"
#include "chassis/events/relay.hpp"
#include "chassis/http/parameters.hpp"
#include "chassis/security/crypto.hpp"

#include <charconv>
#include <limits>

namespace shanhai::events {
namespace {

constexpr std::chrono::milliseconds answer_limit{1200};
constexpr std::string_view key_header = "Shanhai-Internal-Key";
constexpr std::string_view head_header = "Shanhai-Head";
constexpr std::string_view epoch_header = "Shanhai-Epoch";
constexpr std::string_view lag_header = "Shanhai-Lag-Milliseconds";
constexpr std::string_view last_hash_header = "Shanhai-Last-Hash";
constexpr std::string_view until_header = "Shanhai-Until";
constexpr std::string_view until_hash_header = "Shanhai-Until-Hash";
constexpr std::string_view mac_header = "Shanhai-Mac";
constexpr std::size_t nonce_bytes = 16;
constexpr std::size_t nonce_length_max = 64;
constexpr std::size_t wanted_length_max = 4000;

std::optional<std::uint64_t> natural(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return value;
}

struct Question {
    std::uint64_t after = 0;
    std::size_t limit = feed_frames_max;
    std::string nonce;
    std::string wanted_text;
    std::vector<Wanted> wanted;
};

Error unknown_kinds() {
    return {Failure::invalid, "validation-failed", "types names what is no kind of fact"};
}

Result<Question> read_question(const http::Request& request, const std::string& internal_key) {
    if (!security::equal_in_constant_time(request.header(key_header), internal_key)) {
        return Error{Failure::unauthenticated, "internal-key",
                     "This address is for the platform's own services."};
    }
    constexpr auto number_max = std::numeric_limits<std::int64_t>::max();
    http::Parameters parameters{request};
    const auto after = parameters.optional_integer("after", 0, number_max);
    const auto limit = parameters.optional_integer("limit", 0, number_max);
    auto nonce = parameters.optional_text("nonce", 0, nonce_length_max);
    auto wanted = parameters.optional_text("types", 0, wanted_length_max);
    if (auto error = parameters.complaints()) return *error;
    Question question;
    question.nonce = std::move(nonce).value_or("");
    question.after = static_cast<std::uint64_t>(after.value_or(0));
    question.wanted_text = std::move(wanted).value_or("");
    try {
        if (!question.wanted_text.empty()) question.wanted = wanted_of(question.wanted_text);
    } catch (const std::invalid_argument&) {
        return unknown_kinds();
    }
    const auto limit_max = question.wanted.empty() ? feed_frames_max : condensed_frames_max;
    question.limit = std::min(limit ? static_cast<std::size_t>(*limit) : limit_max, limit_max);
    return question;
}

using Behind = std::function<std::chrono::milliseconds()>;

struct Answer {
    Head head;
    std::vector<RawFrame> frames;
    std::string last_hash;
    std::uint64_t until = 0;  // What the frames are condensed from ends there.
    std::string until_hash;
};

void condense(Answer& answer, const Question& question) {
    answer.until = question.after;
    answer.until_hash = answer.last_hash;
    if (answer.frames.empty()) return;
    answer.until = answer.frames.back().seq;
    answer.until_hash = security::sha256(answer.frames.back().bytes);
    answer.frames = condense(std::move(answer.frames), question.wanted);
}

Answer read_answer(database::Session& session, const Question& question) {
    // In this order: each statement sees its own moment, and the head must not promise more than the frames
    // that the reader can already ask for.
    Answer answer;
    answer.head = look_at_outbox(session, {});
    if (question.after > 0) answer.last_hash = hash_of_frame(session, question.after);
    if (question.limit > 0) {
        const auto bytes_max = question.wanted.empty() ? feed_bytes_max : condensed_bytes_max;
        answer.frames = frames_after(session, question.after, question.limit, bytes_max);
    }
    if (!question.wanted.empty()) condense(answer, question);
    return answer;
}

http::Response respond_with_page(const Answer& answer, const Question& question, const std::string& producer,
                                 const security::KeyRing& keys) {
    PageClaims claims{producer,
                      question.nonce,
                      std::to_string(question.after),
                      std::to_string(answer.head.seq),
                      answer.head.epoch,
                      std::to_string(answer.head.lag.count()),
                      security::hex(answer.last_hash)};
    if (!question.wanted.empty()) {
        claims.wanted = question.wanted_text;
        claims.until = std::to_string(answer.until);
        claims.until_hash = security::hex(answer.until_hash);
    }
    http::Response response;
    response.content_type = "application/x-protobuf";
    response.body = encode_feed(answer.frames);
    response.headers.emplace_back(head_header, claims.head);
    response.headers.emplace_back(epoch_header, claims.epoch);
    response.headers.emplace_back(lag_header, claims.lag);
    response.headers.emplace_back(last_hash_header, claims.last_hash);
    if (!claims.wanted.empty()) {
        response.headers.emplace_back(until_header, claims.until);
        response.headers.emplace_back(until_hash_header, claims.until_hash);
    }
    response.headers.emplace_back(mac_header, security::hex(prove(keys, claims, response.body)));
    return response;
}

/// A long page takes milliseconds to condense and to prove: all of it is done by the pool's threads.
boost::asio::awaitable<http::Response> answer_feed(database::Pool& pool, std::string producer,
                                                   Question question, Behind behind) {
    auto work = [&pool, producer, question, behind](database::Session& session) -> Result<http::Response> {
        try {
            // Before the head is looked at: what was learnt by now is in the outbox by then.
            const auto learnt = behind ? behind() : std::chrono::milliseconds{0};
            auto answer = read_answer(session, question);
            answer.head.lag = std::max(answer.head.lag, learnt);
            return respond_with_page(answer, question, producer, pool.options().outbox_keys);
        } catch (const UnsealedFrame& frame) {
            return Error{Failure::conflict, "outbox-unsealed", frame.what()};
        }
    };
    auto answer = co_await pool.transact(std::move(work));
    if (!answer) co_return http::respond_with(answer.error());
    co_return std::move(*answer);
}

Error unusable(const std::string& detail) { return Error{Failure::unavailable, "feed-unusable", detail}; }

}  // namespace

void mount_feed(http::Router& internal, database::Pool& pool, const std::string& producer,
                const std::string& internal_key, Behind behind) {
    if (internal_key.empty()) throw std::logic_error{"a feed must not be open to everybody"};
    if (pool.options().outbox_keys.empty()) throw std::logic_error{"a feed must prove what it says"};
    auto handler = [&pool, producer, internal_key, behind = std::move(behind)](
                       const http::Request& request) -> boost::asio::awaitable<http::Response> {
        const auto question = read_question(request, internal_key);
        if (!question) co_return http::respond_with(question.error());
        auto asked = *question;
        auto learnt = behind;
        co_return co_await answer_feed(pool, producer, std::move(asked), std::move(learnt));
    };
    internal.on(http::Method::get, "/internal/v1/frames/" + producer + "{?after,limit,nonce,types}",
                std::move(handler));
}

FeedTalk::FeedTalk(std::string producer, std::string url, std::string internal_key, security::KeyRing keys,
                   const std::vector<Wanted>& wanted)
    : producer_{std::move(producer)},
      url_{std::move(url)},
      internal_key_{std::move(internal_key)},
      keys_{std::move(keys)},
      wanted_{wanted_text(wanted)} {}

FeedTalk::Question FeedTalk::ask(std::uint64_t after, Telling telling) const {
    Question question;
    question.after = after;
    question.nonce = security::hex(security::random_bytes(nonce_bytes));
    if (telling == Telling::condensed) question.wanted = wanted_;
    const auto limit = question.wanted.empty() ? frames_wanted_ : condensed_wanted_;
    question.request.url = url_ + "/internal/v1/frames/" + producer_ + "?after=" + std::to_string(after) +
                           "&limit=" + std::to_string(limit) + "&nonce=" + question.nonce;
    if (!question.wanted.empty()) question.request.url += "&types=" + question.wanted;
    question.request.headers.emplace_back(key_header, internal_key_);
    question.request.limit = answer_limit;
    return question;
}

Result<FeedPage> FeedTalk::hear(const Question& question, const Result<http::ClientResponse>& response) {
    auto& wanted = question.wanted.empty() ? frames_wanted_ : condensed_wanted_;
    if (!response) {
        wanted = std::max<std::size_t>(1, wanted / 2);
        return response.error();
    }
    wanted = std::min(question.wanted.empty() ? feed_frames_max : condensed_frames_max, wanted * 2);
    return page_of(*response, question);
}

Result<FeedPage> FeedReader::read(std::uint64_t after) {
    const auto question = talk_.ask(after);
    return talk_.hear(question, client_.send(question.request));
}

Result<FeedPage> FeedTalk::page_of(const http::ClientResponse& response, const Question& question) const {
    if (response.status == 409) {
        return Error{Failure::internal, std::string{feed_forged},
                     "the producer's outbox holds what it did not write"};
    }
    if (response.status != 200) return unusable("the feed answered " + std::to_string(response.status));
    // A producer of before knows no kinds of facts: its answer is whole.
    const bool condensed = !question.wanted.empty() && !response.header(until_header).empty();
    const PageClaims claims{producer_,
                            question.nonce,
                            std::to_string(question.after),
                            std::string{response.header(head_header)},
                            std::string{response.header(epoch_header)},
                            std::string{response.header(lag_header)},
                            std::string{response.header(last_hash_header)},
                            condensed ? question.wanted : std::string{},
                            std::string{response.header(until_header)},
                            std::string{response.header(until_hash_header)}};
    const auto mac = security::from_hex(response.header(mac_header));
    if (!mac || !proved(keys_, claims, response.body, *mac)) {
        return Error{Failure::internal, std::string{feed_forged}, "the feed's answer bears no good MAC"};
    }
    const auto head = natural(claims.head);
    const auto lag = natural(claims.lag);
    const auto last_hash = security::from_hex(claims.last_hash);
    if (!head || !lag || !last_hash || claims.epoch.empty())
        return unusable("the feed's answer lacks its headers");
    FeedPage page;
    page.epoch = claims.epoch;
    page.head = *head;
    page.lag = std::chrono::milliseconds{*lag};
    page.last_hash = *last_hash;
    if (condensed) {
        const auto until = natural(claims.until);
        const auto until_hash = security::from_hex(claims.until_hash);
        if (!until || !until_hash) return unusable("the feed's answer lacks its end");
        page.stretch.condensed = Stretch::Span{question.after, *until, *until_hash};
    }
    try {
        page.stretch.frames = decode_feed(response.body);
    } catch (const std::runtime_error& error) {
        return Error{Failure::internal, std::string{feed_forged}, error.what()};
    }
    return page;
}

}  // namespace shanhai::events
