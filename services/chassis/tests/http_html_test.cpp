#include "chassis/http/html.hpp"

#include "chassis/http/first_view.hpp"

#include <gtest/gtest.h>
#include <boost/json/parse.hpp>

namespace shanhai::http {
namespace {

TEST(Html, KeepsHostileNamesInTheirPlace) {
    for (const auto& [given, safe] : {
             std::pair<std::string, std::string>{"箬竹面", "箬竹面"},
             {"</script><b>", "&lt;/script&gt;&lt;b&gt;"},
             {R"(" onerror="x)", "&quot; onerror=&quot;x"},
             {"' x='", "&#39; x=&#39;"},
             {"&lt;", "&amp;lt;"},
             {"<!--/first-->", "&lt;!--/first--&gt;"},
             {std::string{"a\0b\x01\x1f\x7f\tc\nd\r", 12}, "ab\tc\nd"},
         }) {
        EXPECT_EQ(html_text(given), safe);
    }
}

TEST(Html, HoldsJsonThatEndsNothing) {
    const std::string json = R"({"a":"</script><!--<script>","b":"x & y > z \u2028","c":")"
                             "\u2028\u2029"
                             R"(","d":"\"\\"})";
    const auto safe = json_in_html(json);
    EXPECT_EQ(safe.find_first_of("<>&"), std::string::npos);
    EXPECT_EQ(safe.find("\u2028"), std::string::npos);
    EXPECT_EQ(safe.find("\u2029"), std::string::npos);
    EXPECT_EQ(boost::json::parse(safe), boost::json::parse(json));
}

constexpr std::string_view shell =
    R"(<html><head><title>a</title><script async src="/early.js"></script></head><body><div id="app">)"
    R"(<!--first-->skeleton<!--/first--></div></body></html>)";

TEST(FirstView, StandsInThePlaceOfTheSkeletonWithItsAnswers) {
    const FirstView view{"<style></style>", "<p>goods</p>",
                         R"({"/v1/products/1":{"name":"</body></script>"}})"};
    EXPECT_EQ(
        with_first_view(std::string{shell}, view),
        R"(<html><head><title>a</title><style></style></head><body><div id="app"><!--first--><p>goods</p>)"
        R"(<!--/first--></div><script type="application/json" id="first">)"
        R"({"/v1/products/1":{"name":"\u003c/body\u003e\u003c/script\u003e"}}</script></body></html>)");
}

TEST(FirstView, LeavesAPageWithoutItsMarksAlone) {
    const FirstView view{"head", "content", "{}"};
    for (const auto* page : {"", "<html></html>", "<!--first-->", "<!--/first--><!--first-->"})
        EXPECT_EQ(with_first_view(page, view), page);
}

}  // namespace
}  // namespace shanhai::http
