#include "shop_pages/asking.hpp"

#include "sample.hpp"

#include <gtest/gtest.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/serialize.hpp>

namespace shanhai::shop_pages {
namespace {

using namespace std::chrono_literals;
namespace asio = boost::asio;
namespace json = boost::json;

http::Response answer_of(const json::value& body) {
    http::Response response;
    response.body = json::serialize(body);
    return response;
}

/// The catalogue in this process; `late`: how long it takes for a product and for the categories.
class ShopPages : public testing::Test {
protected:
    void mount(std::chrono::milliseconds late = 0ms) {
        router_.on(http::Method::get, "/v1/products/{product_id}",
                   [late](const http::Request& request) { return product(request, late); });
        router_.on_quick(http::Method::get, "/v1/products{?limit,county}", [](const http::Request&) {
            return answer_of(json::object{{"items", json::array{test::product()}}, {"next", nullptr}});
        });
        router_.on(http::Method::get, "/v1/categories",
                   [late](const http::Request&) { return categories(late); });
        router_.on_quick(http::Method::get, "/v1/counties/{county_code}", [](const http::Request& request) {
            if (request.path != "/v1/counties/530624") return http::problem(404, "county-unknown", "");
            return answer_of(
                json::object{{"name", "大关县"}, {"prefecture", "昭通市"}, {"province", "云南省"}});
        });
        router_.on_quick(http::Method::get, "/v1/counties{?area,limit}", [](const http::Request& request) {
            if (request.query != "limit=1&area=%E4%BA%91%E5%8D%97%E7%9C%81")
                return http::problem(422, "validation-failed", "");
            return answer_of(json::object{{"items", json::array{}}, {"next", nullptr}});
        });
        router_.on_quick(http::Method::get, "/v1/products/facets", [this](const http::Request&) {
            ++counted_;
            return answer_of(json::object{{"categories", json::array{}}, {"in_season", 0}});
        });
    }

    http::PageFacts facts(std::string path, std::string query = {},
                          std::chrono::milliseconds patience = 10s) {
        const auto ask = asking(router_, FirstViews{test::drawn}, patience);
        asio::io_context io;
        http::PageFacts found;
        const auto keep = [&](const std::exception_ptr& thrown, http::PageFacts given) {
            if (thrown) std::rethrow_exception(thrown);
            found = std::move(given);
            io.stop();  // Whoever is too late answers nobody.
        };
        asio::co_spawn(io, ask({std::move(path), std::move(query)}), keep);
        io.run();
        return found;
    }

    int counted_ = 0;  // How often all goods were counted.

private:
    static asio::awaitable<http::Response> product(const http::Request& request,
                                                   std::chrono::milliseconds late) {
        const bool known = request.path == "/v1/products/7";
        co_await pass(late);
        if (!known) co_return http::problem(404, "product-unknown", "");
        co_return answer_of(test::product());
    }

    static asio::awaitable<http::Response> categories(std::chrono::milliseconds late) {
        co_await pass(late);
        const json::object tea{{"category", "tea"}, {"name", "茶叶"}};
        co_return answer_of(json::object{{"items", json::array{tea}}});
    }
    static asio::awaitable<void> pass(std::chrono::milliseconds late) {
        const auto executor = co_await asio::this_coro::executor;
        asio::steady_timer timer{executor, late};
        if (late > 0ms) co_await timer.async_wait(asio::use_awaitable);
    }

    http::Router router_;
};

TEST_F(ShopPages, ComeWithTheirGoodsAndTheAnswersThatTheyAreMadeOf) {
    mount();
    const auto page = facts("p/7", "a=token");
    ASSERT_TRUE(page.head && page.view);
    EXPECT_EQ(page.head->title, "箬竹面 · 大关 · 山海集");
    EXPECT_NE(page.view->content.find("箬竹面"), std::string::npos);
    const auto answers = json::parse(page.view->answers).as_object();
    EXPECT_EQ(answers.at("/v1/products/7"), json::value(test::product()));
    const auto shelf = facts("");
    ASSERT_TRUE(shelf.view);
    EXPECT_FALSE(shelf.head) << "it has the title of all pages";
    const auto of_shelf = json::parse(shelf.view->answers).as_object();
    for (const auto* asked : {"/v1/products?limit=12", "/v1/categories", "/v1/products/facets"})
        EXPECT_TRUE(of_shelf.contains(asked)) << asked;
}

TEST_F(ShopPages, SayNothingOfWhatIsAskedOtherwise) {
    mount();
    for (const auto* query : {"county=530624", "q=x", "a=token"})
        EXPECT_FALSE(facts("", query).view) << query;
    EXPECT_FALSE(facts("orders").view);
    EXPECT_FALSE(facts("p/8").view);
    EXPECT_TRUE(facts("p/8").gone);
}

TEST_F(ShopPages, AreCalledByThePlaceAndTheCategoryThatTheirAddressNames) {
    mount();
    const auto head = [this](const char* query) {
        const auto found = facts("", query).head;
        return found ? found->title + "|" + found->description : "";
    };
    const std::string tail = "，每一件都标明认证、产地和批次。";
    EXPECT_EQ(head("county=530624"), "大关县 · 帮扶好物 · 山海集|云南省昭通市大关县的帮扶好物" + tail);
    EXPECT_EQ(head("category=tea&sort=newest&a=token"),
              "茶叶 · 帮扶好物 · 山海集|茶叶：来自上海结对地区" + tail);
    EXPECT_EQ(head("category=tea&county=530624"),
              "大关县 · 茶叶 · 帮扶好物 · 山海集|云南省昭通市大关县的茶叶" + tail);
    counted_ = 0;
    EXPECT_EQ(head("area=%E4%BA%91%E5%8D%97%E7%9C%81"), "云南省 · 帮扶好物 · 山海集|云南省的帮扶好物" + tail);
    EXPECT_EQ(counted_, 0) << "for a name alone";
    for (const auto* query : {"", "q=x", "county=530699", "county=5306", "category=nonsense", "category=%FF",
                              "category=tea&county=530699", "county=530600", "area=%3Cb%3E",
                              "area=%E4%B8%AD%E5%A5%96", "county", "&&="})
        EXPECT_EQ(head(query), "") << query;
    EXPECT_EQ(head("category=tea&county=530600"), head("category=tea")) << "of no county";
}

TEST_F(ShopPages, DoNotWaitForASlowCatalogue) {
    mount(1h);
    const auto began = std::chrono::steady_clock::now();
    const auto page = facts("p/7", "", 20ms);
    EXPECT_LT(std::chrono::steady_clock::now() - began, 30s);
    EXPECT_FALSE(page.gone || page.head || page.view);
    EXPECT_FALSE(facts("", "", 20ms).view);
}

TEST_F(ShopPages, WaitForOneThatTakesALittle) {
    mount(5ms);
    EXPECT_TRUE(facts("p/7").view);
    EXPECT_TRUE(facts("").view);
}

TEST_F(ShopPages, KnowNothingWhereTheCatalogueRunsElsewhere) {
    for (const auto* page : {"", "p/7", "b/1"}) {
        const auto known = facts(page);
        EXPECT_FALSE(known.gone || known.head || known.view) << page;
    }
}

}  // namespace
}  // namespace shanhai::shop_pages
