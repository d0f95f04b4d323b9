#include "chassis/http/capacity.hpp"
#include "chassis/http/router.hpp"
#include "chassis/http/server.hpp"
#include "support/async.hpp"
#include "support/http_peer.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>
#include <atomic>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <deque>

namespace shanhai {
namespace {

using http::Method;
using http::Request;
using http::Response;
using http::Router;
using http::ServerOptions;
using support::get;
using support::head_of_post;
using support::RawPeer;
using support::RunningServer;
using namespace std::chrono_literals;

class Site {
public:
    Site() {
        router.on_quick(Method::post, "/echo", [](const Request& request) {
            Response response;
            response.body = request.body;
            return response;
        });
        router.on_quick(Method::get, "/who", [](const Request& request) {
            Response response;
            response.body = request.remote_address;
            return response;
        });
        router.on_quick(Method::get, "/list", [](const Request&) {
            Response response;
            for (int i = 0; i < 3000; ++i) response.body += R"({"product_id":)" + std::to_string(i) + "},";
            response.headers.emplace_back("ETag", R"("v7")");
            return response;
        });
        router.on_quick(Method::get, "/page", [](const Request&) {
            Response response;
            response.content_type = "application/octet-stream";
            response.body.assign(15'000, 'p');
            return response;
        });
        router.on_quick(Method::post, "/write", [](const Request&) {
            Response response;
            response.status = 201;
            response.body = R"({"written":")" + std::string(3000, 'w') + "\"}";
            return response;
        });
        router.on(Method::get, "/stuck", [this](const Request&) { return wait(); });
    }

    Router router;
    std::atomic<bool> released = false;

private:
    boost::asio::awaitable<Response> wait() {
        const auto executor = co_await boost::asio::this_coro::executor;
        boost::asio::steady_timer timer{executor};
        while (!released) {
            timer.expires_after(2ms);
            co_await timer.async_wait(boost::asio::use_awaitable);
        }
        co_return Response{};
    }
};

/// Peers that each asked once, were answered, and say nothing more.
std::deque<RawPeer> idle_peers(const RunningServer& server, std::size_t count, const std::string& request) {
    std::deque<RawPeer> idle;
    while (idle.size() < count) {
        idle.emplace_back(server.port());
        idle.back().send(request);
        EXPECT_EQ(idle.back().receive().status, 200) << idle.size();
    }
    return idle;
}

bool serves_a_newcomer(const RunningServer& server) {
    RawPeer newcomer{server.port()};
    newcomer.send(get("/who"));
    return newcomer.receive().status == 200;
}

/// A server whose connections may hold a megabyte together.
ServerOptions with_little_memory() {
    ServerOptions options;
    options.memory = std::make_shared<http::MemoryBudget>(1024 * 1024);
    return options;
}

TEST(HttpLimits, EmptyLinesWinNoTime) {
    Site site;
    ServerOptions options;
    options.header_limit = 1s;
    options.idle_limit = 2s;
    RunningServer server{site.router, options};
    RawPeer peer{server.port()};
    const auto begun = std::chrono::steady_clock::now();
    for (int i = 0; i < 14 && !peer.has_news(200ms); ++i) peer.send(i % 2 == 0 ? "\r" : "\n");
    EXPECT_TRUE(peer.has_news(3s));
    EXPECT_EQ(peer.receive().status, 408);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 5s);
}

TEST(HttpLimits, AwaitsNoBodyThatNobodyWillRead) {
    Site site;
    RunningServer server{site.router};
    RawPeer lost{server.port()};
    lost.send(head_of_post("/nowhere", 200'000) + "{");
    EXPECT_EQ(lost.receive().status, 404);
    RawPeer wrong{server.port()};
    wrong.send(head_of_post("/who", 200'000));
    const auto refused = wrong.receive();
    EXPECT_EQ(refused.status, 405);
    EXPECT_EQ(refused.headers.at("Connection"), "close");
    ::shutdown(wrong.descriptor(), SHUT_WR);
    EXPECT_TRUE(wrong.ends());
    RawPeer small{server.port()};
    small.send(head_of_post("/nowhere", 2) + "{}" + get("/who"));
    EXPECT_EQ(small.receive().status, 404);
    EXPECT_EQ(small.receive().status, 200) << "a body that is there already costs nobody the connection";
}

TEST(HttpLimits, LetsGoOfTheOldestBodiesWhenMemoryIsShort) {
    Site site;
    const auto options = with_little_memory();
    RunningServer server{site.router, options};
    std::deque<RawPeer> half;
    for (int i = 0; i < 60; ++i) {
        half.emplace_back(server.port());
        ASSERT_TRUE(half.back().send(head_of_post("/echo", 200'000) + std::string(100'000, 'x')));
    }
    EXPECT_EQ(half.front().receive().status, 503);
    RawPeer honest{server.port()};
    honest.send(head_of_post("/echo", 100'000) + std::string(100'000, 'y'));
    EXPECT_EQ(honest.receive().body.size(), 100'000U);
    EXPECT_TRUE(support::eventually([&] { return options.memory->used_bytes() < 2 * 1024 * 1024; }));

    int refused = 0;
    for (std::size_t i = 1; i < half.size(); ++i) {
        if (!half[i].has_news(0ms)) continue;
        const auto answer = half[i].receive();
        EXPECT_EQ(answer.status, 503);
        EXPECT_EQ(answer.headers.at("Retry-After"), "1");
        ++refused;
    }
    EXPECT_GE(refused, 40);
    half.clear();
    EXPECT_TRUE(support::eventually([&] { return options.memory->used_bytes() < 64 * 1024; }))
        << "it is all given back";
}

TEST(HttpLimits, TellsTheClientWhenAHandlerHangs) {
    Site site;
    ServerOptions options;
    options.handler_limit = 1s;
    RunningServer server{site.router, options};
    const auto begun = std::chrono::steady_clock::now();
    {
        RawPeer peer{server.port()};
        peer.send(get("/stuck"));
        const auto answer = peer.receive();
        EXPECT_EQ(answer.status, 503);
        EXPECT_EQ(answer.headers.at("Retry-After"), "1");
        EXPECT_NE(answer.body.find("answer-too-late"), std::string::npos);
        EXPECT_LT(std::chrono::steady_clock::now() - begun, 5s);
        EXPECT_TRUE(peer.ends());
    }
    RawPeer other{server.port()};
    other.send(get("/who"));
    EXPECT_EQ(other.receive().status, 200);
    site.released = true;  // What the handler did in vain ends, and the connection with it.
}

TEST(HttpLimits, GivesSlowRoutesTheirTime) {
    Site site;
    ServerOptions options;
    options.handler_limit = 1s;
    options.slow_routes = {"/stuck"};
    RunningServer server{site.router, options};
    RawPeer peer{server.port()};
    peer.send(get("/stuck"));
    EXPECT_FALSE(peer.has_news(2s));
    site.released = true;
    EXPECT_EQ(peer.receive().status, 200);
}

TEST(HttpLimits, IdleConnectionsMakeRoom) {
    Site site;
    ServerOptions options;
    options.connections_max = 8;
    RunningServer server{site.router, options};
    auto idle = idle_peers(server, 8, get("/who"));
    EXPECT_TRUE(support::eventually([&] { return serves_a_newcomer(server); }));
    EXPECT_TRUE(idle.front().ends()) << "who was idle for longest";
}

TEST(HttpLimits, WhoBeganARequestIsNotAskedToMakeRoom) {
    Site site;
    ServerOptions options;
    options.connections_max = 8;
    options.header_limit = 60s;
    RunningServer server{site.router, options};
    auto idle = idle_peers(server, 8, get("/who"));
    idle.front().send("G");
    EXPECT_TRUE(support::eventually([&] { return serves_a_newcomer(server); }))
        << "half a head of the one that was idle for longest must not save all the others";
}

TEST(HttpLimits, NobodyEscapesTheClockByWritingWhenItStrikes) {
    Site site;
    ServerOptions options;
    options.header_limit = 1s;
    RunningServer server{site.router, options};
    std::deque<RawPeer> peers;
    for (int i = 0; i < 200; ++i) peers.emplace_back(server.port());
    // Bytes of a head that never ends, again and again while the second passes, and then silence.
    const auto begun = std::chrono::steady_clock::now();
    for (auto& peer : peers) peer.send("GET / HTTP/1.1\r\nHost: ");
    while (std::chrono::steady_clock::now() - begun < 1700ms) {
        for (auto& peer : peers) peer.send("a");
    }
    for (auto& peer : peers) {
        ASSERT_TRUE(peer.has_news(3s));
        const auto status = peer.receive().status;
        EXPECT_TRUE(status == 408 || status == 0) << status;
    }
}

TEST(HttpLimits, IdleConnectionsGiveTheirMemoryToWhoSends) {
    Site site;
    const auto options = with_little_memory();
    RunningServer server{site.router, options};
    // A head that makes the reader's buffer grow, and an answer of 15 KB.
    auto idle = idle_peers(server, 100, get("/page", "X-Filler: " + std::string(9000, 'x') + "\r\n"));
    RawPeer sender{server.port()};
    sender.send(head_of_post("/echo", 20'000));
    sender.send(std::string(20'000, 'y'));
    EXPECT_EQ(sender.receive().body.size(), 20'000U);
    EXPECT_TRUE(support::eventually([&] { return options.memory->used_bytes() <= 1024 * 1024; }));
    idle.back().send(get("/who"));
    EXPECT_EQ(idle.back().receive().status, 200) << "it only gave memory back";
}

TEST(HttpLimits, WhatWasWrittenIsNeverAnsweredAsUnacceptable) {
    Site site;
    RunningServer server{site.router};
    RawPeer peer{server.port()};
    peer.send(
        "POST /write HTTP/1.1\r\nHost: shop\r\nAccept-Encoding: identity;q=0\r\nContent-Length: 0\r\n\r\n");
    EXPECT_EQ(peer.receive().status, 201);
    peer.send(get("/list", "Accept-Encoding: identity;q=0\r\n"));
    EXPECT_EQ(peer.receive().status, 406);
}

TEST(HttpLimits, ANetworkHasAShareOfTheConnections) {
    Site site;
    ServerOptions options;
    options.count = std::make_shared<http::ConnectionCount>(http::ConnectionCount::Limits{100, 3});
    RunningServer server{site.router, options};
    std::deque<RawPeer> peers;
    for (int i = 0; i < 3; ++i) {
        peers.emplace_back(server.port());
        peers.back().send(head_of_post("/echo", 10));
        ASSERT_TRUE(support::eventually([&] { return options.count->size() == peers.size(); }));
    }
    EXPECT_TRUE(RawPeer{server.port()}.ends());
    peers.pop_back();
    EXPECT_TRUE(support::eventually([&] { return serves_a_newcomer(server); }));

    // A newcomer takes the place of one that has said nothing for some time.
    options.count = std::make_shared<http::ConnectionCount>(http::ConnectionCount::Limits{100, 3});
    RunningServer idling{site.router, options};
    std::deque<RawPeer> idle;
    for (int i = 0; i < 3; ++i) {
        idle.emplace_back(idling.port());
        idle.back().send(get("/who"));
        ASSERT_EQ(idle.back().receive().status, 200);
    }
    ASSERT_TRUE(support::eventually([&] { return serves_a_newcomer(idling); }));
    EXPECT_TRUE(idle.front().ends());
    EXPECT_TRUE(support::eventually([&] { return options.count->size() <= 3; }));

    options.count = std::make_shared<http::ConnectionCount>(http::ConnectionCount::Limits{100, 3});
    options.trusted_proxies = {"127.0.0.0/8"};
    RunningServer behind{site.router, options};
    std::deque<RawPeer> proxied;
    for (int i = 0; i < 10; ++i) {
        proxied.emplace_back(behind.port());
        proxied.back().send(get("/who"));
        EXPECT_EQ(proxied.back().receive().status, 200) << "a proxy stands for many";
    }
}

TEST(HttpLimits, KnowsTheClientBehindTwoProxies) {
    Site site;
    ServerOptions options;
    options.trusted_proxies = {"127.0.0.1", "10.0.0.0/8"};
    RunningServer server{site.router, options};
    RawPeer proxy{server.port()};
    proxy.send(get("/who", "X-Forwarded-For: 1.2.3.4, 203.0.113.9\r\nX-Forwarded-For: 10.1.1.1\r\n"));
    EXPECT_EQ(proxy.receive().body, "203.0.113.9");
    proxy.send(get("/who", "X-Forwarded-For: 1.2.3.4, [2001:db8::7]:9, 10.1.1.1\r\n"));
    EXPECT_EQ(proxy.receive().body, "2001:db8::7");
    proxy.send(get("/who"));
    EXPECT_EQ(proxy.receive().body, "127.0.0.1");
    ServerOptions wrong;
    wrong.trusted_proxies = {"the proxy"};
    EXPECT_THROW(RunningServer(site.router, wrong), std::invalid_argument);
}

TEST(HttpLimits, ListensToBothFamiliesAtOnce) {
    const int probe = ::socket(AF_INET6, SOCK_STREAM, 0);
    if (probe < 0) GTEST_SKIP() << "this machine has no IPv6";
    ::close(probe);
    Site site;
    ServerOptions options;
    options.address = "::";
    RunningServer server{site.router, options};
    RawPeer four{server.port()};
    four.send(get("/who"));
    EXPECT_EQ(four.receive().body, "127.0.0.1") << "not ::ffff:127.0.0.1";
    RawPeer six{server.port(), true};
    six.send(get("/who"));
    EXPECT_EQ(six.receive().body, "::1");
}

TEST(HttpLimits, PacksListsForWhoTakesIt) {
    Site site;
    RunningServer server{site.router};
    RawPeer peer{server.port()};
    peer.send(get("/list") + get("/list", "Accept-Encoding: br, gzip\r\n") +
              get("/list", "If-None-Match: \"v7-gzip\"\r\n") + get("/list", "Accept-Encoding: *;q=0\r\n"));
    const auto plain = peer.receive();
    const auto packed = peer.receive();
    EXPECT_EQ(plain.headers.at("Vary"), "Accept-Encoding");
    EXPECT_FALSE(plain.headers.contains("Content-Encoding"));
    EXPECT_EQ(packed.headers.at("Vary"), "Accept-Encoding");
    EXPECT_EQ(packed.headers.at("Content-Encoding"), "gzip");
    EXPECT_EQ(packed.headers.at("ETag"), R"("v7-gzip")");
    EXPECT_LT(packed.body.size(), plain.body.size() / 3);
    EXPECT_EQ(peer.receive().status, 200) << "this handler knows no conditions";
    EXPECT_EQ(peer.receive().status, 406);
}

TEST(HttpLimits, SendsNoStrictTransportSecurityOverPlainHttp) {
    Site site;
    ServerOptions options;
    options.secure_before_proxies = true;
    RunningServer open{site.router, options};
    RawPeer stranger{open.port()};
    stranger.send(get("/who"));
    EXPECT_FALSE(stranger.receive().headers.contains("Strict-Transport-Security"));
    options.trusted_proxies = {"127.0.0.1"};
    RunningServer behind{site.router, options};
    RawPeer proxy{behind.port()};
    proxy.send(get("/who"));
    EXPECT_EQ(proxy.receive().headers.at("Strict-Transport-Security"), "max-age=31536000");
}

}  // namespace
}  // namespace shanhai
