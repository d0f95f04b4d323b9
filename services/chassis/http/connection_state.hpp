#pragma once

#include "chassis/http/address.hpp"
#include "chassis/http/capacity.hpp"
#include "chassis/http/limiter.hpp"
#include "chassis/http/request_reader.hpp"
#include "chassis/http/response_writer.hpp"
#include "chassis/http/server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <ctime>
#include <list>
#include <memory>

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

/// A connection as its server sees it: something that may run out of time, or have to make room.
class Watched {
public:
    virtual ~Watched() = default;
    /// Interrupts whatever the connection waits for.
    virtual void expire() = 0;
    /// Closes it if it is between two requests, and says whether it was.
    virtual bool close_if_idle() = 0;
    /// Refuses the request whose body it awaits.
    virtual void drop_body() = 0;
    /// Lets go of what it holds without needing it, when it is between two requests.
    virtual void slim() = 0;

    CoarseClock::Moment deadline = CoarseClock::never;
    CoarseClock::Moment idle_since = CoarseClock::never;  ///< Never: it is not between two requests.
    CoarseClock::Moment body_since = CoarseClock::never;  ///< Never: it awaits no body.
    CoarseClock::Moment sending_since =
        CoarseClock::never;  ///< Never: nobody keeps it waiting with an answer.
    std::uint64_t network = 0;
};

/// What a server reads of requests; the options outlive it.
RequestReader::Limits limits_of(const ServerOptions& options);

/// What the connections of one server share; it lives until the last of them has gone.
struct ServerState {
    ServerState(asio::io_context& io, ServerOptions given, const Router& routes);

    ServerOptions options;
    const Router& router;
    Networks proxies;
    std::shared_ptr<MemoryBudget> memory;
    std::shared_ptr<ConnectionCount> count;
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>,
                               Executor>
        sweep_timer;
    std::list<Watched*> connections;
    TraceIds trace_ids;
    bool stopping = false;

    /// Closes the connection that has been idle for longest, if one has been for a second; with a network,
    /// one of that network's. False when none had.
    bool make_room(std::optional<std::uint64_t> network);
    /// Whom to ask for memory: the connection that has awaited a body for longest; null: nobody awaits one.
    Watched* slowest_body() const;
    /// Memory is short: those between two requests give theirs back. If that is not enough, who has kept a
    /// body or an answer waiting for longest goes, and who has been idle for some time.
    void free_memory();
    /// The first part of it alone; true when it was enough.
    bool slim_idle();
};

}  // namespace shanhai::http
