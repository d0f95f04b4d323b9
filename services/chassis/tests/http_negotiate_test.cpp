#include "chassis/http/negotiate.hpp"

#include <gtest/gtest.h>

namespace shanhai::http {
namespace {

Request asking(std::vector<Request::Pair> headers) {
    Request request;
    request.headers = std::move(headers);
    return request;
}

struct Case {
    std::string_view accepted;
    Coding with_gzip;
    Coding without;
};

TEST(Coding, IsWhatAcceptEncodingAsksFor) {
    constexpr auto plain = Coding::identity;
    constexpr auto packed = Coding::gzip;
    constexpr auto none = Coding::none;
    const Case cases[] = {
        {"gzip", packed, plain},
        {"GZIP", packed, plain},
        {"x-gzip", packed, plain},
        {"br, gzip;q=0.8", packed, plain},
        {"br ,\tgzip ; q=0.001", packed, plain},
        {"gzip;q=0", plain, plain},
        {"gzip;q=0.0", plain, plain},
        {"gzip;q=0.000", plain, plain},
        {"gzip; Q=0.", plain, plain},
        {"*", packed, plain},
        {"*;q=0.5", packed, plain},
        {"*;q=0", none, none},
        {"gzip, *;q=0", packed, none},
        {"gzip;q=0, *", plain, plain},
        {"identity;q=0", none, none},
        {"identity;q=0, gzip", packed, none},
        {"gzip;q=0.5, identity", plain, plain},
        {"gzip;q=0.5, identity;q=0.5", packed, plain},
        {"", plain, plain},
        {"br", plain, plain},
        {"notgzip", plain, plain},
        {"gzipped", plain, plain},
        // What is no weight makes the element none.
        {"gzip;q=2", plain, plain},
        {"gzip;q=1.5", plain, plain},
        {"gzip;q=0.1234", plain, plain},
        {"gzip;q=", plain, plain},
        {"gzip;level=9", plain, plain},
        {",, gzip ,", packed, plain},
    };
    for (const auto& [accepted, with_gzip, without] : cases) {
        const auto request = asking({{"Accept-Encoding", accepted}});
        EXPECT_EQ(coding_for(request, true), with_gzip) << accepted;
        EXPECT_EQ(coding_for(request, false), without) << accepted;
    }
    EXPECT_EQ(coding_for(Request{}, true), plain);
    EXPECT_EQ(coding_for(asking({{"Accept-Encoding", "br"}, {"accept-encoding", "gzip"}}), true), packed);
}

TEST(EntityTags, AreReadByTheirGrammar) {
    const auto all =
        entity_tags(asking({{"If-Match", R"("a", W/"b" ,,"c,d")"}, {"if-match", R"("e")"}}), "If-Match");
    ASSERT_EQ(all.tags.size(), 4U);
    EXPECT_FALSE(all.any);
    EXPECT_EQ(all.tags[0].text, R"("a")");
    EXPECT_FALSE(all.tags[0].weak);
    EXPECT_EQ(all.tags[1].text, R"("b")");
    EXPECT_TRUE(all.tags[1].weak);
    EXPECT_EQ(all.tags[2].text, R"("c,d")");
    EXPECT_EQ(all.tags[3].text, R"("e")");
    EXPECT_TRUE(entity_tags(asking({{"If-Match", "*"}}), "If-Match").any);
    for (const auto* bad : {"a", R"("a)", R"(w/"a")", R"("a" "b")", R"("a b")", "**"}) {
        const auto read = entity_tags(asking({{"If-Match", bad}}), "If-Match");
        EXPECT_TRUE(read.tags.empty() && !read.any) << bad;
    }
}

}  // namespace
}  // namespace shanhai::http
