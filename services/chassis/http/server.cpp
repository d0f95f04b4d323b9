#include "chassis/http/server.hpp"

#include "chassis/http/connection.hpp"

#include <openssl/ssl.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/ssl/context.hpp>
#include <system_error>

namespace shanhai::http {
namespace {

using asio::ip::tcp;

constexpr std::chrono::milliseconds accept_pause{50};

int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* chosen_size,
                    const unsigned char* offered, unsigned offered_size, void*) {
    static constexpr unsigned char ours[] = "\x08http/1.1";
    unsigned char* found = nullptr;
    const auto result =
        SSL_select_next_proto(&found, chosen_size, ours, sizeof(ours) - 1, offered, offered_size);
    *chosen = found;
    return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

std::shared_ptr<asio::ssl::context> tls_of(const ServerOptions& options) {
    if (options.certificate_file.empty()) return nullptr;
    auto made = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
    auto& tls = *made;
    // RFC 9325: TLS 1.2 with forward secrecy and authenticated encryption only (4.2), and TLS 1.3; no
    // renegotiation (3.5), no compression (3.3).
    SSL_CTX_set_min_proto_version(tls.native_handle(), TLS1_2_VERSION);
    SSL_CTX_set_cipher_list(tls.native_handle(), "ECDHE+AESGCM:ECDHE+CHACHA20");
    SSL_CTX_set1_groups_list(tls.native_handle(), "X25519:P-256:P-384");
    SSL_CTX_set_options(tls.native_handle(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_alpn_select_cb(tls.native_handle(), choose_protocol, nullptr);
    tls.use_certificate_chain_file(options.certificate_file);
    tls.use_private_key_file(options.key_file, asio::ssl::context::pem);
    return made;
}

/// "::" means every address of the machine, IPv4 ones included, whatever the system's setting.
void open(Acceptor& acceptor, const tcp::endpoint& endpoint) {
    acceptor.open(endpoint.protocol());
    acceptor.set_option(tcp::acceptor::reuse_address{true});
    if (endpoint.address().is_v6()) {
        acceptor.set_option(asio::ip::v6_only{!endpoint.address().is_unspecified()});
    }
}

/// SO_REUSEPORT would let a second process of the same user listen on our port, and the kernel would give
/// it half of our connections. A socket without that option is refused while anybody listens.
void check_nobody_listens(asio::io_context& io, const tcp::endpoint& endpoint) {
    Acceptor probe{io.get_executor()};
    open(probe, endpoint);
    probe.bind(endpoint);
}

Acceptor listener(asio::io_context& io, const ServerOptions& options) {
    const tcp::endpoint endpoint{asio::ip::make_address(options.address), options.port};
    if (options.port != 0 && !options.shares_port) check_nobody_listens(io, endpoint);
    Acceptor acceptor{io.get_executor()};
    open(acceptor, endpoint);
    const int on = 1;
    if (::setsockopt(acceptor.native_handle(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) != 0) {
        throw std::system_error{errno, std::generic_category(), "SO_REUSEPORT"};
    }
    acceptor.bind(endpoint);
    acceptor.listen(asio::socket_base::max_listen_connections);
    return acceptor;
}

template <class Stream>
asio::awaitable<void> serve(std::shared_ptr<ServerState> state, Stream stream, asio::ip::address peer) {
    Connection<Stream> connection{std::move(state), std::move(stream), peer};
    co_await connection.run();
}

/// How often deadlines are looked at: an eighth of the shortest, so that none is missed by more.
std::chrono::milliseconds sweep_interval(const ServerOptions& options) {
    const auto shortest = std::min({options.header_limit, options.body_limit, options.handler_limit,
                                    options.idle_limit, options.write_limit});
    return std::clamp<std::chrono::milliseconds>(shortest / 8, std::chrono::milliseconds{50},
                                                 std::chrono::milliseconds{500});
}

/// Ends the waits of connections that ran out of time. One timer for all of them: a timer each would
/// cost more than the requests.
asio::awaitable<void> sweep(std::shared_ptr<ServerState> state) {
    const auto interval =
        std::chrono::duration_cast<std::chrono::milliseconds>(sweep_interval(state->options));
    while (!state->stopping || !state->connections.empty()) {
        state->sweep_timer.expires_after(interval);
        co_await state->sweep_timer.async_wait(no_throw);
        const auto now = CoarseClock::now();
        for (auto* connection : state->connections) {
            if (connection->deadline < now) connection->expire();
        }
        // What fills the memory may be with another thread's connections, which learn of it here.
        if (state->memory->exceeded()) state->free_memory();
    }
}

using Tls = std::shared_ptr<asio::ssl::context>;

/// Whether a connection of this network may stay. When room gets scarce, one that is idle makes some.
bool may_stay(ServerState& state, std::uint64_t network, bool shared) {
    using Verdict = ConnectionCount::Verdict;
    const auto verdict = state.count->enter(network, shared);
    if (verdict == Verdict::taken) return true;
    const bool of_all = verdict == Verdict::scarce || verdict == Verdict::full;
    const bool room = state.make_room(of_all ? std::nullopt : std::optional{network});
    if (verdict == Verdict::scarce || verdict == Verdict::share_scarce) return true;
    if (room) state.count->take_over(network, shared);  // From the one that goes.
    return room;
}

void admit(const std::shared_ptr<ServerState>& state, const Tls& tls, Socket socket) {
    boost::system::error_code error;
    const auto endpoint = socket.remote_endpoint(error);
    if (error) return;  // Closes the socket.
    const auto peer = plain_address(endpoint.address());
    if (!may_stay(*state, network_of(peer), state->proxies.contains(peer))) return;
    socket.set_option(tcp::no_delay{true}, error);
    const auto executor = socket.get_executor();
    if (tls) {
        TlsStream stream{std::move(socket), *tls};
        asio::co_spawn(executor, serve(state, std::move(stream), peer), asio::detached);
    } else {
        asio::co_spawn(executor, serve(state, std::move(socket), peer), asio::detached);
    }
}

/// Holds what it needs itself: the Server may be destroyed while it waits.
asio::awaitable<void> accept(std::shared_ptr<ServerState> state, std::shared_ptr<Acceptor> acceptor,
                             Tls tls) {
    while (!state->stopping) {
        auto [error, socket] = co_await acceptor->async_accept(no_throw);
        if (state->stopping || error == asio::error::operation_aborted) co_return;
        if (error) {  // Out of file descriptors, mostly: without a pause this loop would spin.
            observe::log_limited("accept-failed", error.message());
            asio::steady_timer pause{acceptor->get_executor(), accept_pause};
            co_await pause.async_wait(no_throw);
            continue;
        }
        admit(state, tls, std::move(socket));
    }
}

}  // namespace

Limiter::Asked asked_of(const Router::Match& match, const Request& request) {
    // Routes without a row in the table of operations have no policy.
    const auto policy = match.operation == nullptr ? std::string_view{} : match.operation->limit;
    return {policy, request.remote_network, request.principal ? request.principal->account : 0};
}

class Server::Impl {
public:
    Impl(asio::io_context& io, ServerOptions options, const Router& router)
        : tls_{tls_of(options)},
          acceptor_{std::make_shared<Acceptor>(listener(io, options))},
          state_{std::make_shared<ServerState>(io, std::move(options), router)} {
        asio::co_spawn(io, accept(state_, acceptor_, tls_), asio::detached);
        asio::co_spawn(io, sweep(state_), asio::detached);
    }

    std::uint16_t port() const { return port_; }

    void stop() {
        if (state_->stopping) return;
        state_->stopping = true;
        boost::system::error_code ignored;
        acceptor_->close(ignored);
        state_->sweep_timer.cancel();
        for (auto* connection : state_->connections) connection->close_if_idle();
    }

private:
    Tls tls_;
    std::shared_ptr<Acceptor> acceptor_;
    std::shared_ptr<ServerState> state_;
    std::uint16_t port_ = acceptor_->local_endpoint().port();
};

Server::Server(asio::io_context& io, ServerOptions options, const Router& router) {
    try {
        impl_ = std::make_unique<Impl>(io, std::move(options), router);
    } catch (const boost::system::system_error& error) {  // Which is not a std::system_error.
        throw std::system_error{error.code(), error.code().message()};
    }
}
Server::~Server() { impl_->stop(); }
std::uint16_t Server::port() const { return impl_->port(); }
void Server::stop() { impl_->stop(); }

}  // namespace shanhai::http
