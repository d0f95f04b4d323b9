#include "chassis/http/parameters.hpp"
#include "chassis/http/router.hpp"
#include "chassis/http/server.hpp"
#include "support/async.hpp"
#include "support/http_peer.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <atomic>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <random>

namespace shanhai {
namespace {

using http::Method;
using http::Request;
using http::Response;
using http::Router;
using http::ServerOptions;
using support::get;
using support::RawPeer;
using support::RunningServer;
using namespace std::chrono_literals;

constexpr std::size_t large = 5 * 1024 * 1024;

/// What the tests ask for.
class Site {
public:
    Site() {
        router.on_quick(Method::get, "/quick/{name}", [](const Request& request) {
            Response response;
            response.body = http::Parameters{request}.untyped("name");
            return response;
        });
        router.on_quick(Method::post, "/echo", [](const Request& request) {
            Response response;
            response.body = request.body;
            return response;
        });
        router.on_quick(Method::get, "/who", [](const Request& request) {
            Response response;
            response.body = std::string{request.remote_address} + ' ' + std::string{request.trace_id};
            return response;
        });
        const auto shared = std::make_shared<const std::string>(large, 'x');
        router.on_quick(Method::get, "/large", [shared](const Request&) {
            Response response;
            response.shared_body = shared;
            return response;
        });
        router.on(Method::get, "/slow/{name}", [this](const Request& request) { return wait(request); });
    }

    Router router;
    std::atomic<int> waiting = 0;
    std::atomic<bool> released = false;

private:
    boost::asio::awaitable<Response> wait(const Request& request) {
        ++waiting;
        const auto executor = co_await boost::asio::this_coro::executor;
        boost::asio::steady_timer timer{executor};
        while (!released) {
            timer.expires_after(2ms);
            co_await timer.async_wait(boost::asio::use_awaitable);
        }
        Response response;
        response.body = http::Parameters{request}.untyped("name");
        co_return response;
    }
};

std::string post(std::string_view path, std::string_view body) {
    return support::head_of_post(path, body.size()) + std::string{body};
}

TEST(HttpServer, AnswersPipelinedRequestsInOrder) {
    Site site;
    site.released = true;
    RunningServer server{site.router};
    RawPeer peer{server.port()};
    std::string all;
    for (int i = 0; i < 300; ++i) all += get((i % 7 == 3 ? "/slow/" : "/quick/") + std::to_string(i));
    ASSERT_TRUE(peer.send(all + post("/echo", std::string(100'000, 'y'))));
    for (int i = 0; i < 300; ++i) ASSERT_EQ(peer.receive().body, std::to_string(i));
    EXPECT_EQ(peer.receive().body, std::string(100'000, 'y'));
}

TEST(HttpServer, DoesNotHoldBackAnAnswerForASlowerOneBehindIt) {
    Site site;
    RunningServer server{site.router};
    RawPeer peer{server.port()};
    peer.send(get("/quick/first") + get("/slow/second"));
    EXPECT_EQ(peer.receive().body, "first");
    site.released = true;
    EXPECT_EQ(peer.receive().body, "second");
}

TEST(HttpServer, AnswersARequestThatComesInPieces) {
    Site site;
    RunningServer server{site.router};
    RawPeer peer{server.port()};
    const auto request = post("/echo", "hello");
    for (const char byte : request) {
        EXPECT_FALSE(peer.has_news(0ms));
        peer.send({&byte, 1});
    }
    EXPECT_EQ(peer.receive().body, "hello");
}

TEST(HttpServer, SendsNothingButTheHeadForHead) {
    Site site;
    RunningServer server{site.router};
    RawPeer peer{server.port()};
    peer.send("HEAD /large HTTP/1.1\r\nHost: a\r\n\r\n" + get("/quick/next"));
    const auto head = peer.receive(true);
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.headers.at("Content-Length"), std::to_string(large));
    EXPECT_EQ(peer.receive().body, "next");
}

TEST(HttpServer, SaysWhichMethodsAPathTakes) {
    Site site;
    RunningServer server{site.router};
    RawPeer peer{server.port()};
    peer.send("DELETE /quick/7 HTTP/1.1\r\nHost: a\r\n\r\n" + get("/nowhere") +
              "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto refused = peer.receive();
    EXPECT_EQ(refused.status, 405);
    EXPECT_EQ(refused.headers.at("Allow"), "OPTIONS, GET, HEAD");
    EXPECT_NE(refused.body.find("\"trace_id\":\""), std::string::npos);
    EXPECT_EQ(peer.receive().status, 404);
    EXPECT_EQ(peer.receive().status, 204);
}

TEST(HttpServer, ShowsPeopleAPageInsteadOfAProblem) {
    Site site;
    RunningServer server{site.router};
    RawPeer peer{server.port()};
    for (const auto* path : {"/quick/%ff", "/sandbox/pay/PA12", "/echo"}) {
        ASSERT_TRUE(peer.send(get(path, "Accept: text/html,*/*;q=0.8\r\n") + get(path) +
                              get("/v1/none", "Accept: text/html\r\n")));
        const auto page = peer.receive();
        EXPECT_TRUE(page.body.starts_with("<!doctype html>")) << path;
        EXPECT_GE(page.status, 400) << path;
        const auto document = peer.receive();
        EXPECT_TRUE(document.body.starts_with("{\"type\"")) << path;
        EXPECT_EQ(document.status, page.status) << path;
        EXPECT_TRUE(peer.receive().body.starts_with("{\"type\"")) << path;
    }
}

TEST(HttpServer, SpeaksHttp10) {
    Site site;
    RunningServer server{site.router};
    RawPeer kept{server.port()};
    kept.send("GET /quick/a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_EQ(kept.receive().headers.at("Connection"), "keep-alive");
    kept.send("GET /quick/a HTTP/1.0\r\n\r\n");
    EXPECT_EQ(kept.receive().headers.at("Connection"), "close");
    EXPECT_TRUE(kept.ends());
}

TEST(HttpServer, CutsOffWhoSendsItsHeadTooSlowly) {
    Site site;
    ServerOptions options;
    options.header_limit = 1s;
    RunningServer server{site.router, options};
    RawPeer peer{server.port()};
    const auto begun = std::chrono::steady_clock::now();
    peer.send("GET /quick/a HTTP/1.1\r\nHost: a\r\nX: ");
    while (!peer.has_news(50ms)) ASSERT_TRUE(peer.send("x")) << "each byte must not win another second";
    EXPECT_EQ(peer.receive().status, 408);
    EXPECT_TRUE(peer.ends());
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 5s);
}

TEST(HttpServer, CutsOffWhoSendsItsBodyTooSlowly) {
    Site site;
    ServerOptions options;
    options.body_limit = 1s;
    RunningServer server{site.router, options};
    RawPeer peer{server.port()};
    peer.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n");
    while (!peer.has_news(50ms)) ASSERT_TRUE(peer.send("x"));
    EXPECT_EQ(peer.receive().status, 408);
}

TEST(HttpServer, ClosesWhoSaysNothing) {
    Site site;
    ServerOptions options;
    options.idle_limit = 1s;
    RunningServer server{site.router, options};
    RawPeer silent{server.port()};
    RawPeer finished{server.port()};
    finished.send(get("/quick/a"));
    EXPECT_EQ(finished.receive().status, 200);
    EXPECT_TRUE(silent.ends());
    EXPECT_TRUE(finished.ends());
}

TEST(HttpServer, GivesUpOnWhoDoesNotRead) {
    Site site;
    ServerOptions options;
    options.write_limit = 1s;
    RunningServer server{site.router, options};
    RawPeer peer{server.port()};
    std::string many;
    for (int i = 0; i < 20; ++i) many += get("/large");
    peer.send(many);
    server.stop();
    server.join();  // Would not return if the write went on for ever.
}

TEST(HttpServer, SendsALargeBodyWhole) {
    Site site;
    RunningServer server{site.router};
    RawPeer peer{server.port()};
    peer.send(get("/large") + get("/quick/after") + get("/large"));
    EXPECT_EQ(peer.receive().body, std::string(large, 'x'));
    EXPECT_EQ(peer.receive().body, "after");
    EXPECT_EQ(peer.receive().body.size(), large);
}

TEST(HttpServer, RefusesABodyThatIsTooLargeBeforeReadingIt) {
    Site site;
    RunningServer server{site.router};
    RawPeer announced{server.port()};
    announced.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10485760\r\n\r\n");
    EXPECT_EQ(announced.receive().status, 413);

    RawPeer eager{server.port()};
    eager.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10485760\r\n\r\n");
    eager.send(std::string(10'485'760, 'x'));  // The answer must survive what is still on its way.
    const auto response = eager.receive();
    EXPECT_EQ(response.status, 413);
    EXPECT_EQ(response.headers.at("Connection"), "close");

    RawPeer chunked{server.port()};
    chunked.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 200 && chunked.send("1000\r\n" + std::string(4096, 'x') + "\r\n"); ++i) {
    }
    EXPECT_EQ(chunked.receive().status, 413);
}

TEST(HttpServer, RefusesAHeadThatIsTooLarge) {
    Site site;
    RunningServer server{site.router};
    RawPeer peer{server.port()};
    peer.send(get("/quick/a", "X: " + std::string(20'000, 'x') + "\r\n"));
    EXPECT_EQ(peer.receive().status, 431);
    ::shutdown(peer.descriptor(), SHUT_WR);
    EXPECT_TRUE(peer.ends());
}

TEST(HttpServer, TrustsNothingAfterARequestItRefused) {
    Site site;
    RunningServer server{site.router};
    RawPeer peer{server.port()};
    peer.send(
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" +
        get("/quick/smuggled"));
    EXPECT_EQ(peer.receive().status, 400);
    ::shutdown(peer.descriptor(), SHUT_WR);
    EXPECT_TRUE(peer.ends());
}

TEST(HttpServer, AsksForTheBodyOfAClientThatWaits) {
    Site site;
    RunningServer server{site.router};
    RawPeer peer{server.port()};
    peer.send("POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
    EXPECT_EQ(peer.receive().status, 100);
    peer.send("hello");
    EXPECT_EQ(peer.receive().body, "hello");
}

TEST(HttpServer, TakesNoMoreConnectionsThanItMay) {
    Site site;
    ServerOptions options;
    options.connections_max = 2;
    RunningServer server{site.router, options};
    RawPeer first{server.port()};
    {
        RawPeer second{server.port()};
        for (auto* peer : {&first, &second}) {
            peer->send(get("/quick/a"));
            EXPECT_EQ(peer->receive().status, 200);
        }
        RawPeer third{server.port()};
        EXPECT_TRUE(third.ends());
    }
    EXPECT_TRUE(support::eventually([&] {
        RawPeer later{server.port()};
        later.send(get("/quick/a"));
        return later.receive().status == 200;
    }));
}

TEST(HttpServer, FinishesWhatHasBegunWhenItStops) {
    Site site;
    RunningServer server{site.router};
    RawPeer idle{server.port()};
    idle.send(get("/quick/a"));
    idle.receive();
    RawPeer busy{server.port()};
    busy.send(get("/slow/done"));
    ASSERT_TRUE(support::eventually([&] { return site.waiting == 1; }));
    server.stop();
    EXPECT_TRUE(idle.ends());
    EXPECT_THROW(RawPeer{server.port()}, std::system_error);
    site.released = true;
    const auto response = busy.receive();
    EXPECT_EQ(response.body, "done");
    EXPECT_EQ(response.headers.at("Connection"), "close");
    EXPECT_TRUE(busy.ends());
    server.join();
}

TEST(HttpServer, SurvivesAClientThatLeavesWhileItsAnswerIsMade) {
    Site site;
    RunningServer server{site.router};
    {
        RawPeer gone{server.port()};
        gone.send(get("/slow/a") + get("/large"));
        ASSERT_TRUE(support::eventually([&] { return site.waiting == 1; }));
    }
    site.released = true;
    RawPeer peer{server.port()};
    peer.send(get("/quick/alive"));
    EXPECT_EQ(peer.receive().body, "alive");
}

TEST(HttpServer, GoesOnWithTheCallersTrace) {
    Site site;
    RunningServer server{site.router};
    RawPeer peer{server.port()};
    peer.send(get("/who", "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\n"));
    const auto traced = peer.receive();
    EXPECT_EQ(traced.body, "127.0.0.1 4bf92f3577b34da6a3ce929d0e0e4736");
    EXPECT_EQ(traced.headers.at("traceparent").substr(0, 36), "00-4bf92f3577b34da6a3ce929d0e0e4736-");
    peer.send(get("/who", "traceparent: 00-00000000000000000000000000000000-00f067aa0ba902b7-01\r\n"));
    EXPECT_EQ(peer.receive().body.find("00000000000000000000000000000000"), std::string::npos);
}

TEST(HttpServer, BelievesOnlyProxiesItTrusts) {
    Site site;
    const auto forwarded = get("/who", "X-Forwarded-For: 10.0.0.1, 203.0.113.9\r\n");
    RunningServer open{site.router};
    RawPeer stranger{open.port()};
    stranger.send(forwarded);
    EXPECT_TRUE(stranger.receive().body.starts_with("127.0.0.1 "));
    ServerOptions options;
    options.trusted_proxies = {"127.0.0.1"};
    RunningServer behind{site.router, options};
    RawPeer proxy{behind.port()};
    proxy.send(forwarded);
    EXPECT_TRUE(proxy.receive().body.starts_with("203.0.113.9 "));
}

TEST(HttpServer, SurvivesMalformedBytes) {
    Site site;
    site.released = true;
    RunningServer server{site.router};
    std::minstd_rand random{20260501};
    const auto valid =
        post("/echo", "hello") + get("/quick/a%20b?c=d", "traceparent: 00-1-2-3\r\n") + get("/slow/a");
    for (int round = 0; round < 300; ++round) {
        auto bytes = valid;
        for (auto changes = 1 + random() % 5; changes > 0; --changes) {
            bytes[random() % bytes.size()] = static_cast<char>(random() & 0xff);
        }
        RawPeer peer{server.port()};
        peer.send(bytes);
        ::shutdown(peer.descriptor(), SHUT_WR);
        static_cast<void>(peer.ends());
    }
    RawPeer peer{server.port()};
    peer.send(get("/quick/alive"));
    EXPECT_EQ(peer.receive().body, "alive");
}

}  // namespace
}  // namespace shanhai
