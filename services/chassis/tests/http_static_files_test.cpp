#include "chassis/http/static_files.hpp"

#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <fstream>

namespace shanhai::http {
namespace {

namespace fs = std::filesystem;

std::string header_of(const Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
        if (key == name) return value;
    }
    return {};
}

std::string unpacked(const std::string& packed) {
    std::string plain(1024 * 1024, '\0');
    z_stream stream{};
    EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = reinterpret_cast<Bytef*>(plain.data());
    stream.avail_out = static_cast<uInt>(plain.size());
    EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
    plain.resize(stream.total_out);
    inflateEnd(&stream);
    return plain;
}

/// A small site in a folder of its own.
class StaticFiles : public testing::Test {
protected:
    void SetUp() override {
        put("site/index.html",
            "<!doctype html>" + head_ + "<!--first-->wait<!--/first-->" + std::string(2000, ' '));
        put("site/assets/index-BdH3k2aZ.js", script_);
        put("site/assets/my-document.js", "short");
        put("site/logo.svg", "<svg/>");
        put("site/photo.webp", "webp");
        put("site/desk/index.html", "desk");
        put("site/desk/pages.json", R"({"pages": ["/", "/products/{digits}"]})");
        put("site/.secret", "secret");
        put("site/pages.json", R"({"pages": ["/", "/p/{digits}", "/o/{text}", "/about"]})");
        put("secret.txt", "secret");
        mount_static_files(
            router_, "/", folder_ / "site",
            [](PageAddress page) -> boost::asio::awaitable<PageFacts> {
                PageFacts facts;
                facts.gone = page.path == "p/99999";
                if (page.path == "p/9" && page.query.empty()) facts.view = FirstView{"", "<p>good</p>", "{}"};
                if (page.path == "p/8") facts.head = PageHead{"<面> & \"茶\"", "好"};
                co_return facts;
            },
            "https://shop.example");
        mount_static_files(router_, "/docs/", folder_ / "site" / "desk");
    }
    void TearDown() override { fs::remove_all(folder_); }

    Response get(std::string_view path, std::vector<Request::Pair> headers = {}) {
        Request request;
        request.path = path;
        request.headers = std::move(headers);
        return answer(request);
    }
    Response answer(Request& request) {
        boost::asio::io_context io;
        Response response;
        const auto keep = [&response](const std::exception_ptr& thrown, Response given) {
            if (thrown) std::rethrow_exception(thrown);
            response = std::move(given);
        };
        boost::asio::co_spawn(io, router_.answer(request), keep);
        io.run();
        return response;
    }

    std::string head_ = R"(<title>a</title><meta property="og:title" content="a">)"
                        R"(<meta property="og:image" content="/card.png">)";
    std::string script_ = "console.log(1);" + std::string(5000, ';');

private:
    void put(const std::string& name, const std::string& content) {
        fs::create_directories((folder_ / name).parent_path());
        std::ofstream{folder_ / name, std::ios::binary} << content;
    }

    fs::path folder_ = fs::temp_directory_path() / ("shanhai-static-" + std::to_string(::getpid()));
    Router router_;
};

std::string tag_of(const Response& response) {
    for (const auto& [name, value] : response.headers) {
        if (name == "ETag") return value;
    }
    return {};
}

TEST_F(StaticFiles, SaysWhatAPageIsAboutToWhoDoesNotRunIt) {
    const auto plain = get("/o/7");
    EXPECT_NE(plain.content().find(R"(content="https://shop.example/card.png")"), std::string::npos);
    const auto page = get("/p/8");
    EXPECT_EQ(page.status, 200);
    const std::string title = "&lt;面&gt; &amp; &quot;茶&quot;";
    EXPECT_NE(page.content().find("<title>" + title + "</title>"), std::string::npos);
    EXPECT_NE(page.content().find("og:title\" content=\"" + title + '"'), std::string::npos);
    EXPECT_EQ(page.content().find("og:description"), std::string::npos) << "nothing is added";
    const auto tag = tag_of(page);
    EXPECT_NE(tag, tag_of(plain));
    EXPECT_EQ(get("/p/8", {{"If-None-Match", tag}}).status, 304);
    const auto gone = get("/p/99999", {{"Accept", "text/html"}});
    EXPECT_EQ(gone.status, 404);
    EXPECT_TRUE(varies_by(gone, "Accept"));
    EXPECT_TRUE(varies_by(get("/p/99999"), "Accept"));
}

TEST_F(StaticFiles, ShowWhatIsKnownBeforeTheProgramRuns) {
    const auto page = get("/p/9");
    EXPECT_NE(page.content().find("<!--first--><p>good</p><!--/first-->"), std::string::npos);
    EXPECT_EQ(header_of(page, "Cache-Control"), "no-cache");
    EXPECT_TRUE(varies_by(page, "Accept-Encoding"));
    EXPECT_EQ(get("/p/9", {{"If-None-Match", tag_of(page)}}).status, 304);
    EXPECT_EQ(get("/p/9").shared_body, page.shared_body) << "packed once";
    EXPECT_NE(get("/p/7").content().find("wait"), std::string::npos);
    Request filtered;
    filtered.path = "/p/9";
    filtered.query = "q=x";
    EXPECT_NE(answer(filtered).content().find("wait"), std::string::npos);
}

TEST_F(StaticFiles, HaveTheirTypes) {
    EXPECT_EQ(get("/").content_type, "text/html; charset=utf-8");
    EXPECT_EQ(get("/logo.svg").content_type, "image/svg+xml");
    EXPECT_EQ(get("/photo.webp").content_type, "image/webp");
    EXPECT_EQ(get("/assets/index-BdH3k2aZ.js").content_type, "text/javascript; charset=utf-8");
}

TEST_F(StaticFiles, AreKeptAsLongAsTheirNamesSay) {
    EXPECT_EQ(header_of(get("/"), "Cache-Control"), "no-cache");
    EXPECT_EQ(header_of(get("/assets/index-BdH3k2aZ.js"), "Cache-Control"),
              "public, max-age=31536000, immutable");
    EXPECT_EQ(header_of(get("/assets/my-document.js"), "Cache-Control"), "public, max-age=3600");
}

TEST_F(StaticFiles, ArePackedForWhoTakesIt) {
    const auto packed = get("/assets/index-BdH3k2aZ.js", {{"Accept-Encoding", "br, gzip"}});
    EXPECT_EQ(header_of(packed, "Content-Encoding"), "gzip");
    EXPECT_EQ(header_of(packed, "Vary"), "Accept-Encoding");
    EXPECT_EQ(unpacked(*packed.shared_body), script_);
    for (const auto* refusing : {"", "br", "gzip;q=0", "gzip; q=0, br", "gzip;q=0.0"}) {
        const auto plain = get("/assets/index-BdH3k2aZ.js", {{"Accept-Encoding", refusing}});
        EXPECT_EQ(header_of(plain, "Content-Encoding"), "") << refusing;
        EXPECT_EQ(*plain.shared_body, script_);
        EXPECT_NE(header_of(plain, "ETag"), header_of(packed, "ETag"));
    }
    EXPECT_EQ(header_of(get("/photo.webp", {{"Accept-Encoding", "gzip"}}), "Content-Encoding"), "");
}

TEST_F(StaticFiles, AreNotSentAgain) {
    const auto etag = header_of(get("/"), "ETag");
    const auto again = get("/", {{"If-None-Match", etag}});
    EXPECT_EQ(again.status, 304);
    EXPECT_EQ(again.shared_body, nullptr);
    EXPECT_EQ(header_of(again, "ETag"), etag);
    EXPECT_EQ(header_of(again, "Cache-Control"), "no-cache");
}

TEST_F(StaticFiles, GiveThePageForPathsThatItRoutesItself) {
    EXPECT_EQ(*get("/p/7").shared_body, *get("/").shared_body);
    EXPECT_EQ(*get("/desk").shared_body, "desk");
    EXPECT_EQ(*get("/desk/").shared_body, "desk");
    EXPECT_EQ(*get("/docs/").shared_body, "desk");
    EXPECT_EQ(header_of(get("/docs"), "Location"), "/docs/");
    EXPECT_NE(header_of(get("/p/7"), "Content-Security-Policy"), "");
    EXPECT_EQ(get("/o/A-7").status, 200);
    EXPECT_EQ(get("/about").status, 200);
    EXPECT_EQ(get("/p/7.js").status, 404);
    EXPECT_EQ(get("/v1/nothing").status, 404);
    EXPECT_EQ(get("/logo.svg", {{"Accept-Encoding", "identity;q=0"}}).status, 406);
}

TEST_F(StaticFiles, LeadToThePageThatIsMeantUnderOtherSpellings) {
    for (const auto& [path, address] :
         {std::pair{"/P/7", "/p/7"}, std::pair{"/p/7/", "/p/7"}, std::pair{"/P/7//", "/p/7"},
          std::pair{"/O/A-7", "/o/A-7"}, std::pair{"/o/A-7/", "/o/A-7"}, std::pair{"/About/", "/about"}}) {
        const auto led = get(path);
        EXPECT_EQ(led.status, 308) << path;
        EXPECT_EQ(header_of(led, "Location"), address) << path;
    }
    EXPECT_EQ(*get("/docs/products/7").shared_body, "desk");
    EXPECT_EQ(header_of(get("/docs/Products/7/"), "Location"), "/docs/products/7") << "below its own address";
    Request scanned;
    scanned.path = "/P/7/";
    scanned.query = "a=token";
    EXPECT_EQ(header_of(answer(scanned), "Location"), "/p/7?a=token");
}

TEST_F(StaticFiles, AreNotThereWhereThereIsNoPage) {
    for (const auto* path :
         {"/metrics", "/.git/config", "/V1/products", "/v1/nothing", "/p/x", "/p/", "/p/7/8", "/p/99999",
          "/o", "/o/", "/about/us", "/index.php", "/desk/x", "//", "/P/x", "/P/", "/o/a b/", "/O/a\r\nb"}) {
        const auto told = get(path);
        EXPECT_EQ(told.status, 404) << path;
        EXPECT_EQ(told.content_type, "application/problem+json") << path;
        EXPECT_EQ(get(path, {{"Accept", "text/html,*/*;q=0.8"}}).status, 404) << path;
    }
    const auto lost = get("/nowhere", {{"Accept", "text/html,*/*;q=0.8"}, {"Accept-Encoding", "gzip"}});
    EXPECT_EQ(lost.content_type, "text/html; charset=utf-8") << "people find a way on";
    EXPECT_EQ(*lost.shared_body, *get("/").shared_body);
    for (const auto* path : {"/v1/nothing", "/V1/products", "/.git/config", "/internal/v1/frames"}) {
        const auto told = get(path, {{"Accept", "text/html"}});
        EXPECT_EQ(told.content_type, "application/problem+json") << path;
    }
}

TEST_F(StaticFiles, NeverLeaveTheirFolder) {
    for (const auto* path : {"/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt", "/.secret",
                             "//secret.txt", "/..\\secret.txt"}) {
        EXPECT_EQ(get(path).status, 404) << path;
    }
}

TEST_F(StaticFiles, MustBeThereAtStart) {
    Router router;
    EXPECT_THROW(mount_static_files(router, "/", "no/such/folder"), std::runtime_error);
}

}  // namespace
}  // namespace shanhai::http
