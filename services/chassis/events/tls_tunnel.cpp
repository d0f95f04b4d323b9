#include "chassis/events/tls_tunnel.hpp"

#include <openssl/ssl.h>
#include <unistd.h>

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/connect_pair.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <functional>
#include <thread>
#include <utility>

namespace shanhai::events {
namespace {

namespace asio = boost::asio;
using Near = asio::local::stream_protocol::socket;
using Far = asio::ssl::stream<asio::ip::tcp::socket>;

/// Carries bytes one way until one of the ends is gone.
template <class From, class To>
class Carrier {
public:
    Carrier(From& from, To& to, std::function<void()> ended)
        : from_{from}, to_{to}, ended_{std::move(ended)} {}

    void read() {
        from_.async_read_some(asio::buffer(bytes_),
                              [this](boost::system::error_code error, std::size_t size) {
                                  if (error) return ended_();
                                  write(size);
                              });
    }

private:
    void write(std::size_t size) {
        asio::async_write(to_, asio::buffer(bytes_, size),
                          [this](boost::system::error_code error, std::size_t) {
                              if (error) return ended_();
                              read();
                          });
    }

    From& from_;
    To& to_;
    std::function<void()> ended_;
    std::array<char, 16 * 1024> bytes_{};  // One TLS record.
};

asio::ssl::context trusting(const std::string& ca_file) {
    asio::ssl::context context{asio::ssl::context::tls_client};
    SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION);
    context.load_verify_file(ca_file);
    context.set_verify_mode(asio::ssl::verify_peer);
    return context;
}

asio::ip::tcp::socket adopted(asio::io_context& io, int server) {
    asio::ip::tcp::socket socket{io};
    sockaddr_storage peer{};
    socklen_t size = sizeof(peer);
    boost::system::error_code error{
        ::getpeername(server, reinterpret_cast<sockaddr*>(&peer), &size) == 0 ? 0 : errno,
        boost::system::system_category()};
    const auto family = peer.ss_family == AF_INET6 ? asio::ip::tcp::v6() : asio::ip::tcp::v4();
    if (!error) socket.assign(family, server, error);
    if (error) {
        ::close(server);
        throw boost::system::system_error{error};
    }
    return socket;
}

}  // namespace

class TlsTunnel::Impl {
public:
    Impl(int server, const std::string& name, const std::string& ca_file, std::chrono::milliseconds limit)
        : socket_{adopted(io_, server)},
          context_{trusting(ca_file)},
          far_{std::move(socket_), context_},
          near_{io_},
          other_near_{io_} {
        shake_hands(name, limit);
        asio::local::connect_pair(near_, other_near_);
        outbound_.read();
        inbound_.read();
        thread_ = std::jthread{[this] { io_.run(); }};
    }

    ~Impl() { io_.stop(); }

    int take_near_end() { return other_near_.release(); }

private:
    void shake_hands(const std::string& name, std::chrono::milliseconds limit) {
        boost::system::error_code result = asio::error::timed_out;
        // An address is no name that a server could be asked for (RFC 6066, 3).
        boost::system::error_code no_address;
        asio::ip::make_address(name, no_address);
        if (no_address) SSL_set_tlsext_host_name(far_.native_handle(), name.c_str());
        far_.set_verify_callback(asio::ssl::host_name_verification{name});
        far_.async_handshake(asio::ssl::stream_base::client,
                             [&](boost::system::error_code error) { result = error; });
        io_.run_for(limit);
        if (!result) return io_.restart();
        // The handshake's handler points into this frame.
        close();
        io_.restart();
        const auto why = result;
        io_.run();
        throw boost::system::system_error{why};
    }

    void close() {
        boost::system::error_code ignored;
        far_.lowest_layer().close(ignored);
        near_.close(ignored);
    }

    asio::io_context io_{1};
    asio::ip::tcp::socket socket_;
    asio::ssl::context context_;
    Far far_;
    Near near_;
    Near other_near_;
    Carrier<Near, Far> outbound_{near_, far_, [this] { close(); }};
    Carrier<Far, Near> inbound_{far_, near_, [this] { close(); }};
    std::jthread thread_;  // Last: it ends before what it uses.
};

TlsTunnel::TlsTunnel(int server, const std::string& name, const std::string& ca_file,
                     std::chrono::milliseconds limit)
    : impl_{std::make_unique<Impl>(server, name, ca_file, limit)} {}

TlsTunnel::~TlsTunnel() = default;

int TlsTunnel::take_near_end() { return impl_->take_near_end(); }

}  // namespace shanhai::events
