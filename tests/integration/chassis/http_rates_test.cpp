#include "chassis/http/limiter.hpp"
#include "chassis/http/router.hpp"
#include "chassis/http/server.hpp"
#include "chassis/security/operations.hpp"
#include "support/http_peer.hpp"

#include <gtest/gtest.h>
#include <atomic>

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

/// The QR codes' operation, as the table of operations knows it, with limits of which nobody needs many
/// requests.
class LimitedSite {
public:
    LimitedSite() {
        router.guard(security::Port::public_, [this](const security::Operation&, Request& request) {
            if (account != 0) request.principal = security::Principal{account, 0, "somebody", {}, 0};
            return std::optional<Error>{};
        });
        router.on_quick(Method::get, "/v1/placements/{placement_id}/code.png{?size}",
                        [](const Request&) { return Response{}; });
        router.on_quick(Method::post, "/v1/orders", [](const Request&) { return Response{}; });
        options.limiter = std::make_shared<http::Limiter>(0.05);
        options.trusted_proxies = {"127.0.0.1"};
    }

    Router router;
    ServerOptions options;
    std::atomic<std::uint64_t> account = 0;
};

support::RawResponse code_for(RawPeer& peer, const std::string& client) {
    peer.send(get("/v1/placements/1/code.png", "X-Forwarded-For: " + client + "\r\n"));
    return peer.receive();
}

TEST(HttpRates, RefusesWhoAsksTooOftenAndNobodyElse) {
    LimitedSite site;
    RunningServer server{site.router, site.options};
    RawPeer peer{server.port()};
    for (int left = 2; left >= 0; --left) {
        const auto answer = code_for(peer, "203.0.113.9");
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.headers.at("RateLimit-Policy"), R"("codes";q=6;w=60)");
        EXPECT_EQ(answer.headers.at("RateLimit").substr(0, 11), R"("codes";r=)" + std::to_string(left));
    }
    const auto refused = code_for(peer, "203.0.113.77");
    EXPECT_EQ(refused.status, 429) << "a neighbour in the same /24";
    EXPECT_NE(refused.body.find("quota-exceeded"), std::string::npos);
    EXPECT_GE(std::stoi(refused.headers.at("Retry-After")), 1);
    EXPECT_EQ(code_for(peer, "203.0.114.9").status, 200);
    EXPECT_EQ(code_for(peer, "2001:db8::1").status, 200);
    site.account = 7;
    EXPECT_EQ(code_for(peer, "203.0.113.9").status, 200) << "who is signed in is counted as a person";
    for (int i = 0; i < 5; ++i) code_for(peer, "203.0.113.9");
    EXPECT_EQ(code_for(peer, "198.51.100.1").status, 429) << "wherever that person is";
    peer.send(get("/nowhere"));
    EXPECT_EQ(peer.receive().status, 404) << "the connection goes on";
}

TEST(HttpRates, AwaitsNoBodyOfWhoAsksTooOften) {
    LimitedSite site;
    site.options.limiter = std::make_shared<http::Limiter>(0.001);
    RunningServer server{site.router, site.options};
    RawPeer peer{server.port()};
    peer.send(head_of_post("/v1/orders", 2) + "{}");
    EXPECT_EQ(peer.receive().status, 200);
    peer.send(head_of_post("/v1/orders", 200'000));
    EXPECT_EQ(peer.receive().status, 429);
}

TEST(HttpRates, ARequestThatComesInPiecesCountsOnce) {
    LimitedSite site;
    RunningServer server{site.router, site.options};
    RawPeer peer{server.port()};
    peer.send(head_of_post("/v1/orders", 4));
    for (const char* piece : {"{", "a", "b", "}"}) {
        EXPECT_FALSE(peer.has_news(20ms));
        peer.send(piece);
    }
    EXPECT_EQ(peer.receive().headers.at("RateLimit").substr(0, 13), R"("orders";r=29)");
}

}  // namespace
}  // namespace shanhai
