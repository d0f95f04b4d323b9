#include "chassis/http/client.hpp"
#include "chassis/http/resolve.hpp"
#include "support/certificate.hpp"
#include "support/http_peer.hpp"

#include <gtest/gtest.h>
#include <openssl/ssl.h>
#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdlib>
#include <memory>
#include <optional>
#include <thread>

namespace shanhai {
namespace {

using http::Client;
using http::ClientRequest;
using http::Method;
using http::Request;
using http::Response;
using http::ServerOptions;
using support::RawPeer;
using support::RunningServer;
using namespace std::chrono_literals;

http::Router& site() {
    static http::Router router;
    static const bool filled = [] {
        router.on_quick(Method::post, "/echo", [](const Request& request) {
            Response response;
            response.status = 201;
            response.body = std::string{request.header("Idempotency-Key")} + ':' + std::string{request.body};
            response.headers.emplace_back("Location", "/echo/1");
            return response;
        });
        router.on_quick(Method::get, "/connection", [](const Request& request) {
            Response response;
            response.body = request.query;
            return response;
        });
        return true;
    }();
    static_cast<void>(filled);
    return router;
}

ClientRequest asking(std::string url) {
    ClientRequest request;
    request.url = std::move(url);
    return request;
}

/// A listening socket that never answers.
class Silence {
public:
    Silence() { acceptor_.listen(); }
    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

private:
    boost::asio::io_context io_;
    boost::asio::ip::tcp::acceptor acceptor_{
        io_, boost::asio::ip::tcp::endpoint{boost::asio::ip::address_v4::loopback(), 0}};
};

TEST(HttpClient, SendsAndReceives) {
    RunningServer server{site()};
    Client client;
    auto request = asking(server.url("/echo"));
    request.method = "POST";
    request.body = "hello";
    request.headers.emplace_back("Idempotency-Key", "k-1");
    const auto response = client.send(request);
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 201);
    EXPECT_EQ(response->body, "k-1:hello");
    EXPECT_EQ(response->header("location"), "/echo/1");
    EXPECT_EQ(client.send(asking(server.url("/connection?a=%20b")))->body, "a=%20b");
    EXPECT_EQ(client.send(asking(server.url("/nowhere")))->status, 404);
}

TEST(HttpClient, GoesOnWithAnotherConnectionWhenItsOwnHasEnded) {
    Client client;
    std::uint16_t port = 0;
    {
        RunningServer server{site()};
        port = server.port();
        ASSERT_TRUE(client.send(asking(server.url("/connection"))));
    }
    ServerOptions options;
    options.port = port;
    RunningServer again{site(), options};
    auto request = asking(again.url("/echo"));
    request.method = "POST";
    EXPECT_TRUE(client.send(request));
}

TEST(HttpClient, SaysThatNobodyAnswers) {
    std::uint16_t free_port = 0;
    {
        const Silence silence;
        free_port = silence.port();
    }
    Client client;
    const auto nobody = client.send(asking("http://127.0.0.1:" + std::to_string(free_port) + "/"));
    ASSERT_FALSE(nobody);
    EXPECT_EQ(nobody.error().kind(), Failure::unavailable);
    EXPECT_FALSE(client.send(asking("ftp://127.0.0.1/")));
    EXPECT_FALSE(client.send(asking("nonsense")));
}

TEST(HttpClient, WaitsNoLongerThanItsLimit) {
    const Silence silence;
    Client client;
    auto request = asking("http://127.0.0.1:" + std::to_string(silence.port()) + "/");
    request.limit = 300ms;
    const auto begun = std::chrono::steady_clock::now();
    const auto late = client.send(request);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code(), "answer-too-late");
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 3s);
}

TEST(HttpClient, ReadsNoMoreThanItsLimit) {
    http::Router router;
    router.on_quick(Method::get, "/large", [](const Request&) {
        Response response;
        response.body = std::string(100'000, 'x');
        return response;
    });
    RunningServer server{router};
    Client client;
    auto request = asking(server.url("/large"));
    request.response_max = 99'999;
    EXPECT_EQ(client.send(request).error().code(), "answer-too-large");
    request.response_max = 100'000;
    EXPECT_EQ(client.send(request)->body.size(), 100'000U);
    request.method = "HEAD";
    EXPECT_EQ(client.send(request)->header("Content-Length"), "100000");
}

TEST(HttpClient, SpeaksTlsWithPeersItCanTrust) {
    const support::Certificate certificate;
    ServerOptions options;
    options.certificate_file = certificate.certificate_file();
    options.key_file = certificate.key_file();
    RunningServer server{site(), options};
    const auto url = "https://127.0.0.1:" + std::to_string(server.port()) + "/connection?tls";

    Client stranger;
    EXPECT_FALSE(stranger.send(asking(url))) << "nobody vouches for this certificate";

    ::setenv("SSL_CERT_FILE", certificate.certificate_file().c_str(), 1);
    Client client;
    for (int i = 0; i < 3; ++i) {
        const auto response = client.send(asking(url));
        ASSERT_TRUE(response) << response.error().message();
        EXPECT_EQ(response->body, "tls");
    }
    auto body = asking("https://127.0.0.1:" + std::to_string(server.port()) + "/echo");
    body.method = "POST";
    body.body = std::string(200'000, 'x');
    EXPECT_EQ(client.send(body)->body.size(), 200'001U);
    Client by_name;
    EXPECT_FALSE(by_name.send(asking("https://localhost:" + std::to_string(server.port()) + "/connection")))
        << "the certificate names another host";

    RawPeer plain{server.port()};
    plain.send("GET / HTTP/1.1\r\n\r\n");
    EXPECT_EQ(plain.receive().status, 0);
    ::unsetenv("SSL_CERT_FILE");
}

TEST(HttpServer, SaysWhyItCannotStart) {
    ServerOptions options;
    options.certificate_file = "no-such-file.pem";
    options.key_file = "no-such-file.pem";
    boost::asio::io_context io;
    EXPECT_THROW((http::Server{io, options, site()}), std::system_error);
    const RunningServer running{site()};
    ServerOptions taken;
    taken.port = running.port();
    EXPECT_THROW((http::Server{io, taken, site()}), std::system_error);
    taken.shares_port = true;
    EXPECT_NO_THROW((http::Server{io, taken, site()}));
    ServerOptions elsewhere;
    elsewhere.address = "192.0.2.1";
    EXPECT_THROW((http::Server{io, elsewhere, site()}), std::system_error);
}

/// Whether a client that offers only this finds something that both speak; and what the server says over it.
std::optional<std::string> said_over_tls(std::uint16_t port, int version, const char* ciphers) {
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context{SSL_CTX_new(TLS_client_method()),
                                                                    &SSL_CTX_free};
    SSL_CTX_set_min_proto_version(context.get(), version);
    SSL_CTX_set_max_proto_version(context.get(), version);
    SSL_CTX_set_security_level(context.get(), 0);
    if (ciphers != nullptr && SSL_CTX_set_cipher_list(context.get(), ciphers) != 1) return std::nullopt;
    const support::RawPeer peer{port};
    const std::unique_ptr<SSL, decltype(&SSL_free)> tls{SSL_new(context.get()), &SSL_free};
    SSL_set_fd(tls.get(), peer.descriptor());
    if (SSL_connect(tls.get()) != 1) return std::nullopt;
    constexpr std::string_view request = "GET /livez HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n";
    SSL_write(tls.get(), request.data(), static_cast<int>(request.size()));
    std::string answer(4096, '\0');
    const auto bytes = SSL_read(tls.get(), answer.data(), static_cast<int>(answer.size()));
    answer.resize(static_cast<std::size_t>(std::max(bytes, 0)));
    return answer;
}

TEST(HttpServer, SpeaksTlsAsRfc9325AsksFor) {
    const support::Certificate certificate;
    http::ServerOptions options;
    options.certificate_file = certificate.certificate_file();
    options.key_file = certificate.key_file();
    const http::Router router;
    const support::RunningServer server{router, options};
    const auto modern = said_over_tls(server.port(), TLS1_3_VERSION, nullptr);
    ASSERT_TRUE(modern);
    EXPECT_NE(modern->find("Strict-Transport-Security: max-age=31536000\r\n"), std::string::npos) << *modern;
    for (const auto* good : {"ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256",
                             "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305"}) {
        EXPECT_TRUE(said_over_tls(server.port(), TLS1_2_VERSION, good)) << good;
    }
    for (const auto* bad :
         {"AES128-SHA", "AES256-SHA256", "AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-SHA:ECDHE-RSA-AES128-SHA",
          "ECDHE-ECDSA-AES256-SHA384:ECDHE-RSA-AES256-SHA384", "DHE-RSA-AES128-GCM-SHA256"}) {
        EXPECT_FALSE(said_over_tls(server.port(), TLS1_2_VERSION, bad)) << bad;
    }
    EXPECT_FALSE(said_over_tls(server.port(), TLS1_1_VERSION, "DEFAULT@SECLEVEL=0"));
}

bool never_found(const std::string&, std::vector<boost::asio::ip::address>&) {
    std::this_thread::sleep_for(std::chrono::seconds{3});
    return false;
}

TEST(HttpClient, WaitsForANameNoLongerThanItsLimit) {
    const auto system = http::replace_look_up(&never_found);
    http::Client client;
    http::ClientRequest request;
    request.url = "http://slow.example/";
    request.limit = std::chrono::milliseconds{200};
    const auto begun = std::chrono::steady_clock::now();
    const auto refused = client.send(request);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds{2});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code(), "name-too-late");
    http::replace_look_up(system);
    request.url = "http://name.invalid/";
    request.limit = std::chrono::seconds{20};
    const auto unknown = client.send(request);
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code().substr(0, 5), "name-");
}

}  // namespace
}  // namespace shanhai
