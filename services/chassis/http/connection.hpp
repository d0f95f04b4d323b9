#pragma once

#include "chassis/http/request_reader.hpp"
#include "chassis/http/response_writer.hpp"
#include "chassis/http/server.hpp"
#include "chassis/observe/log.hpp"

#include <sys/socket.h>
#include <sys/uio.h>
#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <cerrno>
#include <ctime>
#include <list>

namespace shanhai::http {

namespace asio = boost::asio;

/// Every asynchronous operation says how it ended; none throws.
inline constexpr auto no_throw = asio::as_tuple(asio::deferred);

using Executor = asio::io_context::executor_type;
using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using TlsStream = asio::ssl::stream<Socket>;

/// A clock of a few milliseconds' grain that costs next to nothing to read: deadlines are set for
/// every request and need no more.
class CoarseClock {
public:
    using Moment = std::chrono::nanoseconds;
    static constexpr Moment never = Moment::max();
    static Moment now() {
        timespec time{};
        clock_gettime(CLOCK_MONOTONIC_COARSE, &time);
        return std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec};
    }
};

/// A connection as its server sees it: something that may run out of time.
class Watched {
public:
    virtual ~Watched() = default;
    /// Interrupts whatever the connection waits for.
    virtual void expire() = 0;
    /// Closes it if it is between two requests.
    virtual void close_if_idle() = 0;

    CoarseClock::Moment deadline = CoarseClock::never;
};

/// What the connections of one server share; it lives until the last of them has gone.
struct ServerState {
    ServerState(asio::io_context& io, ServerOptions given, const Router& routes)
        : options{std::move(given)}, router{routes}, sweep_timer{io} {}

    ServerOptions options;
    const Router& router;
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>,
                               Executor>
        sweep_timer;
    std::list<Watched*> connections;
    TraceIds trace_ids;
    bool stopping = false;
};

/// Serves one connection, plain or TLS, until either side has had enough.
template <class Stream>
class Connection final : public Watched {
public:
    Connection(std::shared_ptr<ServerState> state, Stream stream, std::string peer)
        : state_{std::move(state)},
          stream_{std::move(stream)},
          peer_{std::move(peer)},
          reader_{{state_->options.header_max, state_->options.body_max}} {
        place_ = state_->connections.insert(state_->connections.end(), this);
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() override {
        state_->connections.erase(place_);
        if (state_->stopping && state_->connections.empty()) state_->sweep_timer.cancel();
    }

    /// The connection outlives it.
    asio::awaitable<void> run() {
        if constexpr (is_tls) {
            arm(state_->options.header_limit);
            auto [error] = co_await stream_.async_handshake(asio::ssl::stream_base::server, no_throw);
            if (error) co_return;
        }
        while (keep_alive_) {
            const auto progress = reader_.advance();
            if (progress == RequestReader::Progress::complete) {
                const auto match = begin_answer();
                if (match.handler == nullptr) {
                    finish(match, state_->router.answer_now(match, reader_.request()));
                } else {
                    // The answers before this one need not wait for it.
                    if (!flushed() && !co_await flush()) co_return;
                    Response response = co_await state_->router.answer_later(match, reader_.request());
                    finish(match, std::move(response));
                }
                reader_.next();
                if (out_.size() < out_max && large_.status == 0) continue;  // More may be in the buffer.
                if (!flushed() && !co_await flush()) co_return;
            } else if (progress == RequestReader::Progress::refused) {
                refuse(reader_.refusal());
            } else {
                if (!flushed() && !co_await flush()) co_return;
                if (!prepare_read(progress)) break;
                if (!flushed() && !co_await flush()) co_return;
                const auto space = reader_.space();
                auto [error, bytes] = co_await stream_.async_read_some(
                    asio::mutable_buffer(space.data(), space.size()), no_throw);
                if (!take(error, bytes)) co_return;
            }
        }
        if (!flushed() && !co_await flush()) co_return;
        co_await close();
    }

    void expire() override {
        expired_ = true;
        deadline = CoarseClock::never;
        boost::system::error_code ignored;
        socket().cancel(ignored);
    }

    void close_if_idle() override {
        if (phase_ == Phase::idle || phase_ == Phase::closing) expire();
    }

private:
    static constexpr bool is_tls = !std::is_same_v<Stream, Socket>;
    static constexpr std::size_t copied_max = 16 * 1024;  // Smaller bodies are cheaper copied than gathered.
    static constexpr std::size_t out_max = 64 * 1024;  // Answers to pipelined requests, before they are sent.
    static constexpr std::size_t lingered_max = 32 * 1024 * 1024;
    static constexpr std::chrono::seconds linger_limit{2};

    enum class Phase { busy, idle, head, body, closing };

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
        deadline = CoarseClock::never;  // While a handler works nobody waits for the client.
        begun_ = std::chrono::steady_clock::now();
        name_request(reader_.request());
        return state_->router.match(reader_.request());
    }

    /// Fills in what the bytes of the request alone do not say.
    void name_request(Request& request) {
        request.remote_address = peer_;
        std::string_view traceparent;
        std::string_view forwarded;
        for (const auto& [name, value] : request.headers) {
            if (name.size() == 11 && equal_without_case(name, "traceparent")) traceparent = value;
            if (name.size() == 15 && equal_without_case(name, "X-Forwarded-For")) forwarded = value;
        }
        auto trace_id = trace_id_of(traceparent);
        if (trace_id.empty()) trace_id = state_->trace_ids.trace_id();
        std::ranges::copy(trace_id, trace_id_.begin());  // Other requests make ids while this one waits.
        request.trace_id = {trace_id_.data(), trace_id_.size()};
        if (!forwarded.empty() && std::ranges::count(state_->options.trusted_proxies, peer_) > 0) {
            const auto last = forwarded.substr(forwarded.find_last_of(", ") + 1);
            if (!last.empty()) request.remote_address = last;
        }
    }

    void finish(const Router::Match& match, Response response) {
        const auto& request = reader_.request();
        keep_alive_ = reader_.keep_alive() && !state_->stopping;
        name_trace(response, request.trace_id);
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
        const auto trace_id = state_->trace_ids.trace_id();
        std::ranges::copy(trace_id, trace_id_.begin());
        keep_alive_ = false;
        lingers_ = true;
        name_trace(response, trace_id);
        auto& meter = state_->router.refusals();
        count_answer(meter, Method::get, response.status, std::chrono::nanoseconds{0});
        if (state_->options.access_log) {
            observe::log_access("-", "(unreadable)", response.status, 0, response.body.size(), trace_id);
        }
        queue(std::move(response), false);
    }

    void queue(Response response, bool head_only) {
        ResponseFrame frame;
        frame.keep_alive = keep_alive_;
        frame.version = reader_.version();
        frame.head_only = head_only;
        frame.trace_id = {trace_id_.data(), trace_id_.size()};
        frame.span_id = state_->trace_ids.span_id();
        write_head(out_, response, frame);
        const bool has_body = !head_only && response.status != 204 && response.status != 304;
        if (!has_body || response.content().empty()) return;
        if (response.content().size() <= copied_max) {
            out_.append(response.content());
        } else {
            large_ = std::move(response);
        }
    }

    // ---- reading ----

    /// Sets the limit for the bytes to come; false when none should come any more.
    bool prepare_read(RequestReader::Progress progress) {
        const bool in_body = progress == RequestReader::Progress::needs_body;
        const auto phase = in_body ? Phase::body : reader_.empty() ? Phase::idle : Phase::head;
        if (phase == Phase::idle && state_->stopping) return false;
        if (phase != phase_) {  // Not for every read: a slow sender gains nothing by sending single bytes.
            phase_ = phase;
            arm(limit_of(phase));
        }
        if (in_body && reader_.take_expectation()) out_ = "HTTP/1.1 100 Continue\r\n\r\n";
        return true;
    }

    /// False when the connection is over.
    bool take(const boost::system::error_code& error, std::size_t bytes) {
        if (!error) {
            reader_.commit(bytes);
            return true;
        }
        if (!expired_ || phase_ == Phase::idle) return false;
        expired_ = false;
        refuse(problem(408, "request-timeout", "The request did not come in time."));
        return true;
    }

    std::chrono::seconds limit_of(Phase phase) const {
        if (phase == Phase::head) return state_->options.header_limit;
        return phase == Phase::body ? state_->options.body_limit : state_->options.idle_limit;
    }

    // ---- writing ----

    /// Sends what is queued as far as the socket takes it at once. True when nothing is left.
    bool flushed() {
        if (pending() == 0) return true;
        if constexpr (!is_tls) {
            while (pending() > 0) {
                const auto sent = send_now();
                if (sent < 0 && errno == EINTR) continue;
                if (sent < 0) return false;  // Full, or broken: flush() will find out which.
                sent_ += static_cast<std::size_t>(sent);
            }
            clear_out();
            return true;
        }
        return false;
    }

    ssize_t send_now() {
        constexpr int flags = MSG_NOSIGNAL | MSG_DONTWAIT;
        const auto descriptor = socket().native_handle();
        if (large_.status == 0) return ::send(descriptor, out_.data() + sent_, out_.size() - sent_, flags);
        auto parts = unsent<iovec>();
        msghdr message{};
        message.msg_iov = parts.data();
        message.msg_iovlen = parts.size();
        return ::sendmsg(descriptor, &message, flags);
    }

    /// Waits until everything queued is sent; false when that failed.
    asio::awaitable<bool> flush() {
        const auto armed = deadline;
        arm(state_->options.write_limit);
        const auto parts = unsent<asio::const_buffer>();
        auto [error, bytes] = co_await asio::async_write(stream_, parts, no_throw);
        deadline = armed;
        clear_out();
        co_return !error;
    }

    std::size_t pending() const { return out_.size() + large_.content().size() - sent_; }

    template <class Part>
    std::array<Part, 2> unsent() {
        const auto part = [](std::string_view text, std::size_t skip) {
            skip = std::min(skip, text.size());
            if constexpr (std::is_same_v<Part, iovec>) {
                return iovec{const_cast<char*>(text.data()) + skip, text.size() - skip};
            } else {
                return asio::const_buffer{text.data() + skip, text.size() - skip};
            }
        };
        const auto of_large = sent_ > out_.size() ? sent_ - out_.size() : 0;
        return {part(out_, sent_), part(large_.content(), of_large)};
    }

    void clear_out() {
        sent_ = 0;
        out_.clear();
        if (large_.status == 0) return;
        large_ = Response{};
        large_.status = 0;
    }

    // ---- closing ----

    /// A refused client may still be sending. Closing at once would reset the connection and with it the
    /// answer that is on its way (RFC 9112, section 9.6), so we read on for a moment.
    asio::awaitable<void> close() {
        phase_ = Phase::closing;
        arm(linger_limit);
        if constexpr (is_tls) {
            if (!lingers_) {
                co_await stream_.async_shutdown(no_throw);
                co_return;
            }
        }
        boost::system::error_code ignored;
        socket().shutdown(asio::socket_base::shutdown_send, ignored);
        if (!lingers_ && reader_.empty()) co_return;
        std::vector<char> nobody_reads(out_max);
        for (std::size_t total = 0; total < lingered_max && !expired_;) {
            auto [error, bytes] = co_await socket().async_read_some(asio::buffer(nobody_reads), no_throw);
            if (error) co_return;
            total += bytes;
        }
    }

    std::shared_ptr<ServerState> state_;
    Stream stream_;
    std::string peer_;
    std::list<Watched*>::iterator place_;
    RequestReader reader_;
    std::array<char, 32> trace_id_{};
    std::string out_;          // Heads and small bodies, in order.
    Response large_ = none();  // The last response, when its body is sent from where it is; status 0: none.
    std::size_t sent_ = 0;
    std::chrono::steady_clock::time_point begun_;
    Phase phase_ = Phase::busy;
    bool keep_alive_ = true;
    bool lingers_ = false;
    bool expired_ = false;

    static Response none() {
        Response response;
        response.status = 0;
        return response;
    }
};

}  // namespace shanhai::http
