#pragma once

#include "chassis/http/caller.hpp"
#include "chassis/http/connection_state.hpp"
#include "chassis/http/for_people.hpp"
#include "chassis/http/outgoing.hpp"
#include "chassis/http/packing.hpp"
#include "chassis/http/request_reader.hpp"
#include "chassis/observe/log.hpp"
#include "chassis/observe/loop_watch.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/write.hpp>

namespace shanhai::http {

/// Which policy of the limiter counts a request, and for whom.
Limiter::Asked asked_of(const Router::Match& match, const Request& request);

/// Serves one connection, plain or TLS, until either side has had enough.
template <class Stream>
class Connection final : public Watched {
public:
    Connection(std::shared_ptr<ServerState> state, Stream stream, const asio::ip::address& peer)
        : state_{std::move(state)},
          stream_{std::move(stream)},
          caller_{peer, state_->proxies},
          reader_{limits_of(state_->options)} {
        network = network_of(peer);
        place_ = state_->connections.insert(state_->connections.end(), this);
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() override {
        state_->connections.erase(place_);
        state_->count->leave(network, caller_.is_proxy());
        state_->memory->change(held_, 0);
        if (state_->stopping && state_->connections.empty()) state_->sweep_timer.cancel();
    }

    /// The connection outlives it.
    asio::awaitable<void> run() {
        if constexpr (is_tls) {
            arm(state_->options.header_limit);
            auto [error] = co_await stream_.async_handshake(asio::ssl::stream_base::server, no_throw);
            if (error || expired_) co_return;  // It may have ended in the moment when its time did.
        }
        while (keep_alive_) {
            const auto progress = reader_.advance();
            if (progress == RequestReader::Progress::needs_body && !head_passed_ && !pass_head()) continue;
            if (progress == RequestReader::Progress::complete) {
                const auto match = begin_answer();
                if (match.handler == nullptr || !verdict_.admitted()) {
                    Response response = answer_now(match);
                    if (pack(response) == Packing::piece_by_piece) co_await pack_piece_by_piece(response);
                    finish(match, std::move(response));
                } else {
                    // The answers before this one need not wait for it.
                    if (!flushed() && !co_await flush()) co_return;
                    await_handler(match);
                    Response response = co_await state_->router.answer_later(match, reader_.request());
                    if (told_late_) break;
                    phase_ = Phase::busy;
                    if (pack(response) == Packing::piece_by_piece) co_await pack_piece_by_piece(response);
                    finish(match, std::move(response));
                }
                reader_.next();
                if (!out_.full()) continue;  // More may be in the buffer.
                if (!flushed() && !co_await flush()) co_return;
            } else if (progress == RequestReader::Progress::refused) {
                refuse(reader_.refusal());
            } else {
                if (!flushed() && !co_await flush()) co_return;
                if (!prepare_read(progress)) break;
                if (phase_ == Phase::body && !has_memory()) continue;
                if (!flushed() && !co_await flush()) co_return;
                const auto space = reader_.space();
                account();
                auto [error, bytes] = co_await stream_.async_read_some(
                    asio::mutable_buffer(space.data(), space.size()), no_throw);
                if (!take(error, bytes)) co_return;
            }
        }
        if (!flushed() && !co_await flush()) co_return;
        co_await close();
    }

    void expire() override {
        deadline = CoarseClock::never;
        if (phase_ == Phase::working) {
            answer_late();
            return;
        }
        expired_ = true;
        boost::system::error_code ignored;
        socket().cancel(ignored);
    }

    void drop_body() override {
        body_since = CoarseClock::never;
        if (phase_ != Phase::body) return;
        dropped_ = true;
        expire();
    }

    /// The reader's buffer is being read into.
    void slim() override {
        if (phase_ != Phase::idle) return;
        out_.release();
        account();
    }

    bool close_if_idle() override {
        if (phase_ != Phase::idle && phase_ != Phase::closing) return false;
        idle_since = CoarseClock::never;  // It is on its way out, and makes room once.
        expire();
        return true;
    }

private:
    static constexpr bool is_tls = !std::is_same_v<Stream, Socket>;
    static constexpr std::size_t lingered_at_once = 4 * 1024;
    static constexpr std::size_t lingered_max = 32 * 1024 * 1024;
    static constexpr std::chrono::seconds linger_limit{2};

    enum class Phase { busy, working, idle, head, body, closing };

    Socket& socket() {
        if constexpr (is_tls) {
            return stream_.next_layer();
        } else {
            return stream_;
        }
    }

    void arm(std::chrono::seconds limit) { deadline = CoarseClock::now() + limit; }

    // ---- answering ----

    Router::Match begin_answer() {
        phase_ = Phase::busy;
        expired_ = dropped_ = false;
        idle_since = body_since = CoarseClock::never;
        deadline = CoarseClock::never;  // While an answer is made nobody waits for the client.
        begun_ = std::chrono::steady_clock::now();
        caller_.name(reader_.request(), state_->proxies, state_->trace_ids);
        auto match = state_->router.match(reader_.request());
        observe::LoopWatch::name(match.route);
        if (!head_passed_) verdict_ = ask_limiter(match);
        head_passed_ = false;
        return match;
    }

    Limiter::Verdict ask_limiter(const Router::Match& match) {
        if (!state_->options.limiter) return {};
        return state_->options.limiter->ask(asked_of(match, reader_.request()));
    }

    Response answer_now(const Router::Match& match) {
        if (!verdict_.admitted()) return quota_exceeded(verdict_);
        return state_->router.answer_now(match, reader_.request());
    }

    /// Answers a request whose body has not come yet when its head says that nobody will read the body: no
    /// path, no such method, no right, too many. False when the connection ends with that answer, since the
    /// body follows.
    bool pass_head() {
        const auto match = begin_answer();
        head_passed_ = verdict_.admitted() && (match.handler != nullptr || match.quick != nullptr);
        if (head_passed_) return true;
        lingers_ = true;
        finish(match, answer_now(match), false);
        return false;
    }

    void await_handler(const Router::Match& match) {
        phase_ = Phase::working;
        working_ = &match;
        const auto& slow = state_->options.slow_routes;
        const bool is_slow = std::ranges::find(slow, match.route) != slow.end();
        arm(is_slow ? state_->options.slow_limit : state_->options.handler_limit);
    }

    /// The handler takes longer than anybody waits. It goes on, since it cannot be stopped, and so does this
    /// connection until it ends; but the client is told.
    void answer_late() {
        told_late_ = true;
        auto response =
            respond_with(Error{Failure::unavailable, "answer-too-late", "The answer took too long."});
        lingers_ = true;
        finish(*working_, std::move(response), false);
        boost::system::error_code ignored;
        socket().non_blocking(true, ignored);
        if constexpr (is_tls) {
            stream_.write_some(out_.unsent(), ignored);
        } else {
            flushed();
        }
        out_.clear();
        socket().shutdown(asio::socket_base::shutdown_send, ignored);
    }

    Packing pack(Response& response) {
        const auto packing = packing_of(reader_.request(), response);
        if (packing == Packing::at_once) pack_at_once(response);
        if (packing == Packing::refused) {
            response = problem(406, "coding-not-acceptable", "This can be had as it is, and gzipped.");
        }
        return packing;
    }

    void finish(const Router::Match& match, Response&& response, bool may_go_on = true) {
        const auto& request = reader_.request();
        keep_alive_ = may_go_on && reader_.keep_alive() && !state_->stopping;
        name_trace(response, request.trace_id);
        show_people(request, response);
        if (state_->options.limiter) state_->options.limiter->settle(verdict_, response);
        const auto status = response.status;
        const auto size = response.content().size();
        queue(std::move(response), request.method == Method::head);

        const auto taken = std::chrono::steady_clock::now() - begun_;
        count_answer(*match.meter, request.method, status, taken);
        if (!state_->options.access_log) return;
        const auto microseconds = std::chrono::duration_cast<std::chrono::microseconds>(taken).count();
        observe::log_access(name_of(request.method), match.route, status, microseconds, size,
                            request.trace_id);
    }

    /// For a request that could not be read: there is no second one after it.
    void refuse(Response response) {
        reader_.give_up();
        body_since = CoarseClock::never;
        caller_.trace(state_->trace_ids);
        keep_alive_ = false;
        lingers_ = true;
        name_trace(response, caller_.trace_id());
        auto& meter = state_->router.refusals();
        count_answer(meter, Method::get, response.status, std::chrono::nanoseconds{0});
        if (state_->options.access_log) {
            observe::log_access("-", "(unreadable)", response.status, 0, response.body.size(),
                                caller_.trace_id());
        }
        queue(std::move(response), false);
    }

    void queue(Response&& response, bool head_only) {
        ResponseFrame frame;
        frame.keep_alive = keep_alive_;
        frame.version = reader_.version();
        frame.head_only = head_only;
        frame.trace_id = caller_.trace_id();
        frame.span_id = state_->trace_ids.span_id();
        frame.secure = is_tls || (caller_.is_proxy() && state_->options.secure_before_proxies);
        out_.add(std::move(response), frame);
    }

    // ---- reading ----

    /// Sets the limit for the bytes to come; false when none should come any more.
    bool prepare_read(RequestReader::Progress progress) {
        const bool in_body = progress == RequestReader::Progress::needs_body;
        const auto phase = in_body ? Phase::body : reader_.untouched() ? Phase::idle : Phase::head;
        if (phase == Phase::idle && state_->stopping) return false;
        if (phase != phase_) {  // Not for every read: a slow sender gains nothing by sending single bytes.
            phase_ = phase;
            arm(limit_of(phase));
            idle_since = CoarseClock::never;
            if (phase == Phase::idle) rest();
            if (phase == Phase::body) body_since = CoarseClock::now();
        }
        if (in_body && reader_.take_expectation()) out_.add("HTTP/1.1 100 Continue\r\n\r\n");
        return true;
    }

    /// Between two requests it should hold little.
    void rest() {
        idle_since = CoarseClock::now();
        expired_ = false;
        const bool short_of_memory = state_->memory->exceeded();
        if (short_of_memory || out_.large()) out_.release();
        if (short_of_memory) reader_.slim();
    }

    /// Whether this body may grow; if not, it is refused. What others have been sending for longer goes
    /// first.
    bool has_memory() {
        if (!dropped_ && (!state_->memory->exceeded() || state_->slim_idle())) return true;
        auto* slowest = state_->slowest_body();
        if (!dropped_ && slowest != this && slowest != nullptr) {
            slowest->drop_body();
            return true;
        }
        refuse_for_memory();
        return false;
    }

    void refuse_for_memory() {
        refuse(respond_with(Error{Failure::unavailable, "memory-exhausted",
                                  "Too much is being sent at once; send it again soon."}));
    }

    /// Keeps the process's account of what its connections hold.
    void account() {
        const auto holds = reader_.memory() + out_.memory();
        if (holds == held_) return;
        state_->memory->change(held_, holds);
        held_ = holds;
    }

    /// False when the connection is over.
    bool take(const boost::system::error_code& error, std::size_t bytes) {
        if (!error) reader_.commit(bytes);
        // Bytes that came in the very moment when the time was over come too late: nobody would watch the
        // clock for the rest of them.
        if (!expired_ || phase_ == Phase::idle) return !error;
        expired_ = false;
        if (dropped_) {
            refuse_for_memory();
            return true;
        }
        refuse(problem(408, "request-timeout", "The request did not come in time."));
        return true;
    }

    std::chrono::seconds limit_of(Phase phase) const {
        const auto& options = state_->options;
        if (phase == Phase::body) return reader_.large() ? options.slow_limit : options.body_limit;
        return phase == Phase::head ? options.header_limit : options.idle_limit;
    }

    // ---- writing ----

    /// Sends what is queued as far as the socket takes it at once. True when nothing is left.
    bool flushed() {
        if (out_.empty()) return true;
        if constexpr (!is_tls) return out_.send_now(socket().native_handle());
        return false;
    }

    /// Waits until everything queued is sent; false when that failed.
    asio::awaitable<bool> flush() {
        const auto armed = deadline;
        arm(state_->options.write_limit);
        sending_since = CoarseClock::now();
        const auto parts = out_.unsent();
        account();
        auto [error, bytes] = co_await asio::async_write(stream_, parts, no_throw);
        deadline = armed;
        sending_since = CoarseClock::never;
        expired_ = false;
        out_.clear();
        co_return !error;
    }

    /// A refused client may still be sending. Closing at once would reset the connection and with it the
    /// answer that is on its way (RFC 9112, section 9.6), so we read on for a moment.
    asio::awaitable<void> close() {
        phase_ = Phase::closing;
        arm(linger_limit);
        account();
        if constexpr (is_tls) {
            if (!lingers_) {
                co_await stream_.async_shutdown(no_throw);
                co_return;
            }
        }
        boost::system::error_code ignored;
        socket().shutdown(asio::socket_base::shutdown_send, ignored);
        if (!lingers_ && reader_.untouched()) co_return;
        std::array<char, lingered_at_once> nobody_reads;
        for (std::size_t total = 0; total < lingered_max && !expired_;) {
            auto [error, bytes] = co_await socket().async_read_some(asio::buffer(nobody_reads), no_throw);
            if (error) co_return;
            total += bytes;
        }
    }

    std::shared_ptr<ServerState> state_;
    Stream stream_;
    Caller caller_;
    Limiter::Verdict verdict_;
    std::list<Watched*>::iterator place_;
    RequestReader reader_;
    Outgoing out_;
    std::size_t held_ = 0;                    // As the memory's account knows.
    const Router::Match* working_ = nullptr;  // What the handler that runs now was found by.
    std::chrono::steady_clock::time_point begun_;
    Phase phase_ = Phase::busy;
    bool keep_alive_ = true;
    bool lingers_ = false;
    bool head_passed_ = false;  // Of the request whose body is awaited.
    bool expired_ = false;
    bool dropped_ = false;    // Its body was refused in favour of others.
    bool told_late_ = false;  // The client knows that the answer will not come.
};

}  // namespace shanhai::http
