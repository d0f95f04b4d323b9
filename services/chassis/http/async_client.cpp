#include "chassis/http/async_client.hpp"

#include "chassis/http/message.hpp"
#include "chassis/http/resolve.hpp"

#include <openssl/ssl.h>
#include <sys/socket.h>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <optional>

namespace asio = boost::asio;
namespace beast = boost::beast;

namespace shanhai::http {
namespace {

using asio::ip::tcp;
using boost::system::error_code;
using TlsStream = beast::ssl_stream<beast::tcp_stream>;
using Parser = beast::http::response_parser<beast::http::string_body>;

constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);
constexpr std::uint32_t header_max = 64 * 1024;

struct Target {
    bool secure = false;
    std::string host;
    std::string port;
    std::uint16_t port_number = 0;
    std::string path;

    std::string origin() const { return (secure ? "https://" : "http://") + host + ':' + port; }
};

Result<Target> target_of(const std::string& url) {
    const auto parsed = boost::urls::parse_uri(url);
    if (!parsed || (parsed->scheme() != "http" && parsed->scheme() != "https")) {
        return Error{Failure::internal, "url-malformed", "not an http or https URL"};
    }
    Target target;
    target.secure = parsed->scheme() == "https";
    target.host = parsed->host_address();
    target.port = parsed->has_port() ? std::string{parsed->port()} : target.secure ? "443" : "80";
    target.port_number = parsed->has_port() ? parsed->port_number() : target.secure ? 443 : 80;
    target.path = parsed->encoded_resource().starts_with('/') ? std::string{} : std::string{"/"};
    target.path += parsed->encoded_resource();
    return target;
}

bool is_idempotent(std::string_view method) {
    return method == "GET" || method == "HEAD" || method == "PUT" || method == "DELETE" ||
           method == "OPTIONS";
}

beast::http::request<beast::http::string_body> message_of(const ClientRequest& request,
                                                          const Target& target) {
    beast::http::request<beast::http::string_body> message;
    message.version(11);
    message.method_string(request.method);
    message.target(target.path);
    const bool ordinary = target.port == (target.secure ? "443" : "80");
    const auto host = target.host.find(':') == std::string::npos ? target.host : '[' + target.host + ']';
    message.set(beast::http::field::host, ordinary ? host : host + ':' + target.port);
    for (const auto& [name, value] : request.headers) message.insert(name, value);
    message.body() = request.body;
    message.prepare_payload();
    return message;
}

ClientResponse response_of(Parser& parser) {
    auto message = parser.release();
    ClientResponse response;
    response.status = static_cast<int>(message.result_int());
    for (const auto& field : message) {
        response.headers.emplace_back(std::string{field.name_string()}, std::string{field.value()});
    }
    response.body = std::move(message.body());
    return response;
}

Error failure_of(const error_code& error) {
    if (error == beast::http::error::body_limit) {
        return {Failure::unavailable, "answer-too-large", "The answer is larger than we read."};
    }
    return {Failure::unavailable, error == beast::error::timeout ? "answer-too-late" : "no-answer",
            "No answer: " + error.message() + "."};
}

}  // namespace

class AsyncClient::Impl {
public:
    explicit Impl(asio::io_context& io) : io_{io} {}

    asio::awaitable<Result<ClientResponse>> send(ClientRequest request) {
        const auto target = target_of(request.url);
        if (!target) co_return target.error();
        deadline_ = std::chrono::steady_clock::now() + request.limit;
        const bool reused = is_open_to(*target);
        if (!reused) {
            auto endpoints = co_await resolve(target->host, target->port_number, deadline_);
            if (!endpoints) co_return endpoints.error();
            endpoints_ = std::move(*endpoints);
        }
        auto parser = std::make_unique<Parser>();
        auto error = co_await exchange(request, *target, *parser);
        const bool went_stale = reused && error && error != beast::error::timeout && !parser->got_some();
        if (went_stale && is_idempotent(request.method)) {
            close();
            parser = std::make_unique<Parser>();
            error = co_await exchange(request, *target, *parser);
        }
        if (error || !parser->keep_alive()) close();
        if (error) co_return failure_of(error);
        co_return response_of(*parser);
    }

private:
    /// Whether the connection kept from last time will do: same peer, and nothing has come since (what
    /// comes unasked is the end of the connection, or nothing to be trusted).
    bool is_open_to(const Target& target) {
        if (origin_ != target.origin()) {
            close();
            return false;
        }
        auto& socket = beast::get_lowest_layer(stream()).socket();
        char byte = 0;
        const auto seen = ::recv(socket.native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
        if (seen < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) && buffer_.size() == 0) return true;
        close();
        return false;
    }

    beast::tcp_stream& stream() { return secure_ ? secure_->next_layer() : *plain_; }

    void close() {
        origin_.clear();
        secure_.reset();
        plain_.reset();
        buffer_.clear();
    }

    /// Lives only inside send(), so that references to send()'s own are safe.
    asio::awaitable<error_code> exchange(const ClientRequest& request, const Target& target, Parser& parser) {
        if (origin_.empty()) {
            const auto error = co_await connect(target);
            if (error) co_return error;
            origin_ = target.origin();
        }
        parser.body_limit(request.response_max);
        parser.header_limit(header_max);
        parser.skip(request.method == "HEAD");
        auto message = message_of(request, target);
        stream().expires_at(deadline_);
        if (secure_) co_return co_await talk(*secure_, message, parser);
        co_return co_await talk(*plain_, message, parser);
    }

    template <class Stream>
    asio::awaitable<error_code> talk(Stream& stream, beast::http::request<beast::http::string_body>& message,
                                     Parser& parser) {
        auto [write_error, written] = co_await beast::http::async_write(stream, message, no_throw);
        if (write_error) co_return write_error;
        auto [read_error, read] = co_await beast::http::async_read(stream, buffer_, parser, no_throw);
        co_return read_error;
    }

    asio::awaitable<error_code> connect(const Target& target) {
        error_code error;
        auto plain = std::make_unique<beast::tcp_stream>(io_);
        plain->expires_at(deadline_);
        auto [connect_error, endpoint] = co_await plain->async_connect(endpoints_, no_throw);
        if (connect_error) co_return connect_error;
        plain->socket().set_option(tcp::no_delay{true}, error);
        if (!target.secure) {
            plain_ = std::move(plain);
            co_return error_code{};
        }
        secure_ = std::make_unique<TlsStream>(std::move(*plain), tls());
        SSL_set_tlsext_host_name(secure_->native_handle(), target.host.c_str());
        secure_->set_verify_callback(asio::ssl::host_name_verification{target.host});
        auto [handshake_error] = co_await secure_->async_handshake(asio::ssl::stream_base::client, no_throw);
        co_return handshake_error;
    }

    asio::ssl::context& tls() {
        if (!tls_) {
            tls_.emplace(asio::ssl::context::tls_client);
            tls_->set_default_verify_paths();
            tls_->set_verify_mode(asio::ssl::verify_peer);
            SSL_CTX_set_min_proto_version(tls_->native_handle(), TLS1_2_VERSION);
        }
        return *tls_;
    }

    asio::io_context& io_;
    std::optional<asio::ssl::context> tls_;
    std::unique_ptr<beast::tcp_stream> plain_;
    std::unique_ptr<TlsStream> secure_;
    std::string origin_;                    // Of the open connection; empty: none.
    std::vector<tcp::endpoint> endpoints_;  // Of the peer, as they were looked up last.
    beast::flat_buffer buffer_;
    std::chrono::steady_clock::time_point deadline_;
};

AsyncClient::AsyncClient(asio::io_context& io) : impl_{std::make_unique<Impl>(io)} {}
AsyncClient::~AsyncClient() = default;

asio::awaitable<Result<ClientResponse>> AsyncClient::send(ClientRequest request) {
    return impl_->send(std::move(request));
}

}  // namespace shanhai::http
