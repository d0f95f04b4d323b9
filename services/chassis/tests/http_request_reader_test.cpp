#include "chassis/http/request_reader.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <algorithm>
#include <cctype>

namespace shanhai::http {
namespace {

using namespace std::string_view_literals;
using Progress = RequestReader::Progress;

RequestReader::Limits small_limits() {
    RequestReader::Limits limits;
    limits.header_max = 512;
    limits.body_max = 1000;
    return limits;
}

/// Gives the reader as much as it takes at once, `step` bytes at a time, until it has a request or refuses.
Progress feed(RequestReader& reader, std::string_view& bytes, std::size_t step = 4096) {
    auto progress = reader.advance();
    while ((progress == Progress::needs_head || progress == Progress::needs_body) && !bytes.empty()) {
        const auto space = reader.space();
        const auto count = std::min({space.size(), bytes.size(), step});
        bytes.copy(space.data(), count);
        reader.commit(count);
        bytes.remove_prefix(count);
        progress = reader.advance();
    }
    return progress;
}

int refusal_of(std::string_view bytes) {
    RequestReader reader{small_limits()};
    if (feed(reader, bytes) != Progress::refused) return 0;
    return reader.refusal().status;
}

TEST(RequestReader, TakesLargeBodiesWhereTheyBelongOnly) {
    static const std::vector<std::string> paths{"/v1/imports"};
    auto limits = small_limits();
    limits.large_body_max = 3000;
    limits.large_paths = paths;
    const auto status_of = [&](const std::string& target, std::size_t size, bool chunked) {
        std::string bytes = "POST " + target + " HTTP/1.1\r\nHost: shop\r\n";
        const std::string body(size, 'x');
        if (chunked) {
            char hex[20];
            std::snprintf(hex, sizeof hex, "%zx", size);
            bytes +=
                "Transfer-Encoding: chunked\r\n\r\n" + std::string{hex} + "\r\n" + body + "\r\n0\r\n\r\n";
        } else {
            bytes += "Content-Length: " + std::to_string(size) + "\r\n\r\n" + body;
        }
        RequestReader reader{limits};
        std::string_view rest = bytes;
        const auto progress = feed(reader, rest);
        if (progress == Progress::refused) return reader.refusal().status;
        return progress == Progress::complete && reader.request().body == body ? 200 : 0;
    };
    for (const bool chunked : {false, true}) {
        EXPECT_EQ(status_of("/v1/imports?check=true", 3000, chunked), 200);
        EXPECT_EQ(status_of("/v1/%69mports", 3000, chunked), 200);
        EXPECT_EQ(status_of("/v1/imports", 3001, chunked), 413);
        EXPECT_EQ(status_of("/v1/imports/1", 1001, chunked), 413);
        EXPECT_EQ(status_of("/v1/orders?x=/v1/imports", 1001, chunked), 413);
        EXPECT_EQ(status_of("/v1/orders", 1000, chunked), 200);
    }
}

constexpr std::string_view order =
    "POST /v1/orders?a=b HTTP/1.1\r\nHost: shop\r\nContent-Type: application/json\r\nContent-Length: "
    "8\r\n\r\n{\"a\":17}";

TEST(RequestReader, ReadsARequestHoweverItArrives) {
    for (std::size_t step = 1; step <= order.size(); ++step) {
        RequestReader reader{small_limits()};
        auto bytes = order;
        ASSERT_EQ(feed(reader, bytes, step), Progress::complete) << step;
        const auto& request = reader.request();
        EXPECT_EQ(request.method, Method::post);
        EXPECT_EQ(request.path, "/v1/orders");
        EXPECT_EQ(request.query, "a=b");
        EXPECT_EQ(request.header("content-type"), "application/json");
        EXPECT_EQ(request.body, "{\"a\":17}");
        EXPECT_TRUE(reader.keep_alive());
        reader.next();
        EXPECT_TRUE(reader.untouched());
    }
}

TEST(RequestReader, KeepsPipelinedRequestsInOrder) {
    std::string many;
    for (int i = 0; i < 500; ++i) {
        const auto body = std::string(static_cast<std::size_t>(i), 'x');
        many += "POST /" + std::to_string(i) +
                " HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(i) + "\r\n\r\n" + body;
    }
    for (const std::size_t step : {7U, 100U, 4096U, 100000U}) {
        RequestReader reader{small_limits()};
        std::string_view bytes{many};
        for (int i = 0; i < 500; ++i) {
            ASSERT_EQ(feed(reader, bytes, step), Progress::complete) << i;
            ASSERT_EQ(reader.request().path, "/" + std::to_string(i));
            ASSERT_EQ(reader.request().body, std::string(static_cast<std::size_t>(i), 'x'));
            ASSERT_EQ(reader.request().header("Host"), "a");
            reader.next();
        }
        EXPECT_TRUE(reader.untouched());
    }
}

TEST(RequestReader, ReadsNoQuoteBeyondTheSizeLineOfAChunk) {
    const auto open = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n6;x=\"y\r\n" +
                      std::string(3'000, 'x');
    for (const std::size_t step : {1U, 7U, 4096U}) {
        RequestReader reader{small_limits()};
        std::string_view bytes{open};
        EXPECT_EQ(feed(reader, bytes, step), Progress::refused) << step;
    }
}

TEST(RequestReader, DecodesChunks) {
    const std::string chunked =
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        "5\r\nhello\r\n1;ext=1\r\n,\r\nA\r\n 0123456789\r\n0\r\nTrailer: x\r\n\r\n";
    const std::string correct =
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        "5\r\nhello\r\n1;ext=1\r\n,\r\nA\r\n012345678 \r\n0\r\nTrailer: x\r\n\r\nGET / HTTP/1.1\r\nHost: "
        "a\r\n\r\n";
    EXPECT_EQ(refusal_of(chunked), 400) << "a chunk that is longer than it says";
    for (const std::size_t step : {1U, 2U, 3U, 10U, 4096U}) {
        RequestReader reader{small_limits()};
        std::string_view bytes{correct};
        ASSERT_EQ(feed(reader, bytes, step), Progress::complete) << step;
        EXPECT_EQ(reader.request().body, "hello,012345678 ");
        EXPECT_EQ(reader.request().header("Trailer"), "");
        reader.next();
        ASSERT_EQ(feed(reader, bytes, step), Progress::complete) << step;
        EXPECT_EQ(reader.request().body, "");
    }
}

TEST(RequestReader, KeepsWithinItsLimits) {
    EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(600, 'x')), 431);
    EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(600, 'x') + "\r\n\r\n"), 431);
    EXPECT_EQ(refusal_of("GET /" + std::string(600, 'x')), 431);
    EXPECT_EQ(refusal_of("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n"), 413);
    EXPECT_EQ(refusal_of("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n"), 400);
    EXPECT_EQ(refusal_of("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3E9\r\n"), 413);
    EXPECT_EQ(refusal_of("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;" +
                         std::string(600, 'e')),
              400);
    std::string headers = "GET / HTTP/1.1\r\nHost: a\r\n";
    for (int i = 0; i < 101; ++i) headers += "a:\r\n";
    EXPECT_EQ(refusal_of(headers + "\r\n"), 431);
}

struct Refused {
    std::string_view why;
    std::string_view bytes;
    int status;
};

class RequestSmuggling : public testing::TestWithParam<Refused> {};

TEST_P(RequestSmuggling, IsRefused) {
    EXPECT_EQ(refusal_of(GetParam().bytes), GetParam().status) << GetParam().why;
}

INSTANTIATE_TEST_SUITE_P(
    Ways, RequestSmuggling,
    testing::Values(
        Refused{"two lengths",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 400},
        Refused{"the same length twice",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello", 400},
        Refused{"a list of lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5, 5\r\n\r\nhello", 400},
        Refused{"a signed length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nhello", 400},
        Refused{
            "length and chunks",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            400},
        Refused{
            "chunks and length",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
            400},
        Refused{"chunked twice",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: "
                "chunked\r\n\r\n0\r\n\r\n",
                400},
        Refused{"another coding",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501},
        Refused{"a coding with a tail",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n", 501},
        Refused{"chunks in HTTP/1.0",
                "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 501},
        Refused{"space before the colon", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length : 5\r\n\r\nhello",
                400},
        Refused{"a folded line", "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n", 400},
        Refused{"a folded line whose first is empty",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n", 400},
        Refused{"a line folded with a tab", "GET / HTTP/1.1\r\nHost:\r\n\ta\r\n\r\n", 400},
        Refused{"a line folded into nothing", "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n \r\n\r\n", 400},
        Refused{"an empty line folded into nothing", "GET / HTTP/1.1\r\nHost: a\r\nX:\r\n \r\n\r\n", 400},
        Refused{"a line folded twice", "GET / HTTP/1.1\r\nHost: a\r\nX:\r\n \r\n b\r\n\r\n", 400},
        Refused{"space before the headers", "GET / HTTP/1.1\r\n Host: a\r\nHost: a\r\n\r\n", 400},
        Refused{"a folded trailer",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nT:\r\n b\r\n\r\n", 400},
        Refused{"an empty host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400},
        Refused{"a host with a blank", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400},
        Refused{"a host with a path", "GET / HTTP/1.1\r\nHost: a/../<script>\r\n\r\n", 400},
        Refused{"a host with somebody before it", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", 400},
        Refused{"a host with a port that is none", "GET / HTTP/1.1\r\nHost: a:8o\r\n\r\n", 400},
        Refused{"a host with a port too large", "GET / HTTP/1.1\r\nHost: a:70000\r\n\r\n", 400},
        Refused{"a host with a port that wraps", "GET / HTTP/1.1\r\nHost: a:99999\r\n\r\n", 400},
        Refused{"a target with such a port", "GET http://a:99999/x HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Refused{"a list of hosts", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", 400},
        Refused{"a bad host in HTTP/1.0", "GET / HTTP/1.0\r\nHost: a b\r\n\r\n", 400},
        Refused{"the target of a tunnel", "GET shop:443 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Refused{"a target without a host", "GET http:///livez HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Refused{"a target with somebody in it", "GET http://u:p@a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Refused{"a target of another scheme", "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Refused{"a fragment", "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Refused{"a fragment in the query", "GET /a?b#c HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Refused{"markup in the path", "GET /<script> HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Refused{"an asterisk for GET", "GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Refused{"a packed body",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}", 415},
        Refused{"packed chunks",
                "POST / HTTP/1.1\r\nHost: a\r\nContent-Encoding: br\r\nTransfer-Encoding: chunked\r\n\r\n",
                415},
        Refused{"many empty lines", "\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
                400},
        Refused{"no host", "GET / HTTP/1.1\r\n\r\n", 400},
        Refused{"two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
        Refused{"a broken path", "GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Refused{"a hidden NUL", "GET /a%00b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Refused{"no path", "GET shop HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        Refused{"a bare line feed", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", 400},
        Refused{"an unknown method", "BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501},
        Refused{"a tunnel", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", 501},
        Refused{"another version", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505},
        Refused{"a TLS greeting", "\x16\x03\x01\x02", 400}, Refused{"nonsense", "hello\r\n\r\n", 400}),
    [](const auto& one) {  // "two lengths" becomes two_lengths.
        std::string name;
        for (const char c : one.param.why) name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
        return name;
    });

TEST(RequestReader, KeepsTheConnectionWhenTheRequestDoes) {
    const std::vector<std::pair<std::string_view, bool>> cases = {
        {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", true},
        {"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", false},
        {"GET / HTTP/1.0\r\n\r\n", false},
        {"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", true},
    };
    for (auto [bytes, keep_alive] : cases) {
        RequestReader reader{small_limits()};
        ASSERT_EQ(feed(reader, bytes), Progress::complete);
        EXPECT_EQ(reader.keep_alive(), keep_alive);
    }
}

TEST(RequestReader, TakesEveryFormOfTarget) {
    const std::vector<std::array<std::string_view, 3>> cases = {
        {"GET http://shop.example/p/7?a=1 HTTP/1.1\r\nHost: a\r\n\r\n", "/p/7", "a=1"},
        {"GET http://shop.example HTTP/1.1\r\nHost: a\r\n\r\n", "/", ""},
        {"OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", "*", ""},
        {"GET /a%2Fb%20c HTTP/1.1\r\nHost: a\r\n\r\n", "/a/b c", ""},
        {"\r\nGET /? HTTP/1.1\r\nHost: a\r\n\r\n", "/", ""},
        {"GET http://127.0.0.1?x=/livez HTTP/1.1\r\nHost: a\r\n\r\n", "/", "x=/livez"},
        {"GET HTTPS://shop.example:8443/p?u=http://x/y HTTP/1.1\r\nHost: a\r\n\r\n", "/p", "u=http://x/y"},
        {"GET /p?a=b|c[0]/?d HTTP/1.1\r\nHost: a\r\n\r\n", "/p", "a=b|c[0]/?d"},
        {"GET //a/b HTTP/1.1\r\nHost: a\r\n\r\n", "//a/b", ""},
    };
    for (auto [bytes, path, query] : cases) {
        RequestReader reader{small_limits()};
        ASSERT_EQ(feed(reader, bytes), Progress::complete) << path;
        EXPECT_EQ(reader.request().path, path);
        EXPECT_EQ(reader.request().query, query);
    }
}

TEST(RequestReader, TakesTheHostOfAnAbsoluteTargetRatherThanTheHeaders) {
    const std::vector<std::pair<std::string_view, std::string_view>> cases = {
        {"GET http://shop.example:8080/p HTTP/1.1\r\nHost: other\r\n\r\n", "shop.example:8080"},
        {"GET /p HTTP/1.1\r\nHost: [2001:db8::1]:8080\r\n\r\n", "[2001:db8::1]:8080"},
        {"GET /p HTTP/1.0\r\n\r\n", ""},
    };
    for (auto [bytes, authority] : cases) {
        RequestReader reader{small_limits()};
        ASSERT_EQ(feed(reader, bytes), Progress::complete) << authority;
        EXPECT_EQ(reader.request().authority, authority);
    }
}

TEST(RequestReader, KeepsATextThatIsNotAmongTheBytesWhereItIs) {
    RequestReader::Limits limits;
    const auto text =
        "POST http://host HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n" + std::string(100'000, 'x');
    for (const std::size_t step : {1000U, 4096U, 65536U}) {
        RequestReader reader{limits};
        std::string_view bytes{text};
        ASSERT_EQ(feed(reader, bytes, step), Progress::complete);
        EXPECT_EQ(reader.request().path, "/");
        EXPECT_EQ(reader.request().authority, "host");
        EXPECT_TRUE(reader.owns(reader.request().path));
    }
}

TEST(RequestReader, IsTouchedByEveryByte) {
    RequestReader reader{small_limits()};
    EXPECT_TRUE(reader.untouched());
    std::string_view line = "\r\n";
    EXPECT_EQ(feed(reader, line), Progress::needs_head);
    EXPECT_FALSE(reader.untouched()) << "who sends empty lines has begun";
    std::string_view request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    EXPECT_EQ(feed(reader, request), Progress::complete);
    reader.next();
    EXPECT_TRUE(reader.untouched());
}

TEST(RequestReader, SaysWhichCodingItReads) {
    std::string_view bytes =
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}";
    RequestReader reader{small_limits()};
    ASSERT_EQ(feed(reader, bytes), Progress::refused);
    ASSERT_EQ(reader.refusal().headers.size(), 1U);
    EXPECT_EQ(reader.refusal().headers[0].first, "Accept-Encoding");
    std::string_view plain =
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Encoding: identity\r\nContent-Length: 2\r\n\r\n{}";
    RequestReader other{small_limits()};
    EXPECT_EQ(feed(other, plain), Progress::complete);
}

TEST(RequestReader, SaysOnceThatTheClientWaits) {
    RequestReader reader{small_limits()};
    std::string_view bytes =
        "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";
    EXPECT_EQ(feed(reader, bytes), Progress::needs_body);
    EXPECT_TRUE(reader.take_expectation());
    EXPECT_FALSE(reader.take_expectation());
}

/// Bytes near a valid conversation: that is where parsers break.
std::string mutated(std::string text, const std::vector<std::pair<std::uint32_t, std::uint32_t>>& changes) {
    static constexpr std::string_view favourites = "\r\n :,;%/?#0a=\"\0\x7f\x80\xff"sv;
    for (const auto& [where, what] : changes) {
        if (text.empty()) break;
        const auto at = where % text.size();
        const char byte =
            what % 3 == 0 ? favourites[what % favourites.size()] : static_cast<char>(what & 0xff);
        switch ((what >> 8) % 4) {
            case 0:
                text[at] = byte;
                break;
            case 1:
                text.insert(at, 1, byte);
                break;
            case 2:
                text.erase(at, 1 + (what >> 16) % 8);
                break;
            default:
                text.insert(at, text.substr((what >> 10) % text.size(), 1 + (what >> 16) % 40));
        }
    }
    return text;
}

RC_GTEST_PROP(RequestReader, SurvivesMalformedBytes,
              (const std::vector<std::pair<std::uint32_t, std::uint32_t>>& changes, std::uint8_t step)) {
    const auto text = mutated(std::string{order} +
                                  "GET /a%20b?c HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n"
                                  "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
                                  "chunked\r\n\r\n5;x=\"y\"\r\nhello\r\n0\r\nT: x\r\n\r\n",
                              changes);
    RequestReader reader{small_limits()};
    std::string_view bytes{text};
    while (feed(reader, bytes, step + 1U) == Progress::complete) {
        const auto& request = reader.request();
        RC_ASSERT(request.body.size() <= small_limits().body_max);
        RC_ASSERT(request.path.starts_with('/') || request.path == "*");
        std::size_t bytes_seen = 0;  // Reads every byte that a handler may read, for the sanitizers.
        for (const auto& [name, value] : request.headers) {
            for (const char c : value) bytes_seen += c != '\n' ? 1U : 0U;
            bytes_seen += name.size();
        }
        for (const char c : request.body) bytes_seen += c == 'x' ? 1U : 0U;
        RC_ASSERT(bytes_seen <= 2 * text.size());
        reader.next();
    }
}

}  // namespace
}  // namespace shanhai::http
