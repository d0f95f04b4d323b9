#include "shop_pages/first_views.hpp"

#include "sample.hpp"
#include "shop_pages/goods.hpp"
#include "shop_pages/holes.hpp"

#include <gtest/gtest.h>
#include <stdexcept>

namespace shanhai::shop_pages {
namespace {

namespace json = boost::json;
using test::product;

json::object page_of(json::array items) {
    return json::object{{"items", std::move(items)}, {"next", nullptr}};
}

json::object categories() {
    return page_of({json::object{{"category", "noodles"}, {"name", "面条"}},
                    json::object{{"category", "tea"}, {"name", "茶叶"}}});
}

/// There are noodles and no tea.
json::object facets(std::int64_t in_season = 0) {
    return json::object{{"categories", json::array{json::object{{"category", "noodles"}, {"products", 2}}}},
                        {"in_season", in_season}};
}

TEST(Holes, EscapeWhatIsFilledInAndFillNothingTwice) {
    Holes holes;
    holes.text("name", "</b>{{price}}").number("n", 3).markup("piece", "<i>{{name}}</i>");
    EXPECT_EQ(holes.fill("<b title=\"{{name}}\">{{n}}{{piece}}{{unknown}}</b>{{"),
              "<b title=\"&lt;/b&gt;{{price}}\">3<i>{{name}}</i></b>{{");
}

TEST(FirstViews, ShowTheShelf) {
    const FirstViews views{test::drawn};
    const auto view =
        views.shelf(page_of({product(), product(R"({"image": null, "certifications": [], "skus": []})")}),
                    categories(), facets());
    ASSERT_TRUE(view);
    EXPECT_EQ(view->head, "<style>l</style>");
    EXPECT_EQ(
        view->content,
        "<div>[noodles:面条]<ul><li>7 箬竹面 ¥12.80 12.80 大关县 闵行优品 <img src=\"/media/noodles.svg\" "
        "loading=\"eager\" decoding=\"async\" fetchpriority=\"high\"></li><li>箬</li></ul>2</div>");
}

TEST(FirstViews, OfferWhatIsInSeasonWhereSomethingIs) {
    const FirstViews views{test::drawn};
    const auto shelf = page_of({product()});
    EXPECT_NE(views.shelf(shelf, categories(), facets(1))->content.find("[now][noodles"), std::string::npos);
    EXPECT_EQ(views.shelf(shelf, categories(), facets(0))->content.find("[now]"), std::string::npos);
}

TEST(FirstViews, CallSchemesThatThePagesDoNotKnowAsTheirOfficesDo) {
    const FirstViews views{test::drawn};
    auto goods = product();
    auto& certification = goods.at("certifications").at(0).as_object();
    certification["scheme"] = "SONGJIANG_YOUPIN";
    certification["scheme_name"] = "松江优品";
    EXPECT_NE(views.product(goods)->content.find("松江优品"), std::string::npos);
    certification["scheme_name"] = nullptr;
    EXPECT_NE(views.product(goods)->content.find("SONGJIANG_YOUPIN"), std::string::npos) << "nobody has told";
}

TEST(FirstViews, ShowAProductAndASet) {
    const FirstViews views{test::drawn};
    const auto shown = views.product(product());
    ASSERT_TRUE(shown);
    EXPECT_EQ(shown->content, "<div>箬竹面|¥12.80|500 克|<i>一县一品</i>|闵行优品|2026-12-31|MH-1</div>");
    const auto set =
        json::parse(R"({"bundle_id": 1, "name": "三袋装", "summary": "", "image": "/media/noodles.svg",
        "merchant": {"merchant_id": 1, "name": "合作社"}, "price_fen": 3500, "parts_fen": 123840, "listed": true,
        "saleable": true})")
            .as_object();
    EXPECT_EQ(views.bundle(set)->content, "<div>三袋装|¥35.00|¥1,238.40|¥1,203.40|合作社</div>");
}

TEST(FirstViews, SayWhomGoodsHelpWhereTheirCertificationDoes) {
    const FirstViews views{test::drawn};
    auto goods = product();
    auto& certification = goods.at("certifications").at(0).as_object();
    const auto told = [&](json::value households, json::value people) {
        certification["households"] = std::move(households);
        certification["people"] = std::move(people);
        return views.product(goods)->content;
    };
    EXPECT_TRUE(told(46, nullptr).ends_with("|46 by 闵行优品 2026</div>"));
    EXPECT_TRUE(told(46, 158).ends_with("|46 with 158, MH-1</div>"));
    EXPECT_TRUE(told(nullptr, nullptr).ends_with("|MH-1</div>"));
    EXPECT_TRUE(told(0, 0).ends_with("|MH-1</div>")) << "nobody is not said to be helped";
}

TEST(FirstViews, KeepHostileNamesInTheirPlace) {
    const FirstViews views{test::drawn};
    const auto shown = views.product(product(R"({"name": "</script>\"'&\u0000{{price}}", "tags": ["<b>"]})"));
    ASSERT_TRUE(shown);
    EXPECT_TRUE(shown->content.starts_with(
        "<div>&lt;/script&gt;&quot;&#39;&amp;{{price}}|¥12.80|500 克|<i>&lt;b&gt;</i>|"))
        << shown->content;
}

TEST(FirstViews, AreNotThereForWhatIsDrawnNowhere) {
    const FirstViews views{test::drawn};
    for (const auto* over :
         {R"({"listed": false})", R"({"saleable": false})", R"({"certified_now": false})", R"({"skus": []})",
          R"({"certifications": []})", R"({"return_policy": "OF_TOMORROW"})", R"({"image": null})"})
        EXPECT_FALSE(views.product(product(over))) << over;
    EXPECT_FALSE(views.shelf(page_of({}), categories(), facets())) << "an empty shelf is told by the program";
    EXPECT_FALSE(views.shelf(page_of({product(), product(R"({"image": null})")}), categories(), facets()));
}

TEST(FirstViews, AreRefusedWhenTheyAreNone) {
    for (const auto* drawn : {"", "[]", "{}", R"({"frame": "", "schemes": {}, "pages": {}})"})
        EXPECT_THROW(FirstViews{drawn}, std::runtime_error) << drawn;
    EXPECT_FALSE(FirstViews::read("no/such/folder"));
}

TEST(Goods, SayMoneyAsThePagesDo) {
    for (const auto& [fen, text] : {std::pair<std::int64_t, std::string>{0, "¥0.00"},
                                    {5, "¥0.05"},
                                    {1280, "¥12.80"},
                                    {99999, "¥999.99"},
                                    {100000, "¥1,000.00"},
                                    {123456789, "¥1,234,567.89"},
                                    {-1280, "-¥12.80"}})
        EXPECT_EQ(money_text(fen), text);
    const auto sku = [](const std::string& grams, const std::string& text) {
        return json::parse(R"({"price_fen": 1999, "net_content_g": )" + grams + R"(, "unit_price_text": )" +
                           text + '}')
            .as_object();
    };
    EXPECT_EQ(price_per_500g(sku("750", "\"x\"")), "13.33");
    EXPECT_EQ(price_per_500g(sku("0", "\"x\"")), "");
    EXPECT_EQ(price_per_500g(sku("750", "null")), "") << "not sold by weight";
}

TEST(Goods, ShowTheCertificationThatTellsMost) {
    const auto of = [](const std::string& list) { return product(R"({"certifications": )" + list + '}'); };
    const std::string past = R"({"state": "EXPIRED", "valid_now": false, "valid_to": "2025-01-01"})";
    const std::string now = R"({"state": "CERTIFIED", "valid_now": true, "valid_to": "2027-01-01"})";
    const std::string next = R"({"state": "CERTIFIED", "valid_now": false, "valid_to": "2028-01-01"})";
    const std::string revoked = R"({"state": "REVOKED", "valid_now": false, "valid_to": "2027-01-01"})";
    for (const auto& [list, standing] : {std::pair<std::string, std::string>{"[]", "none"},
                                         {'[' + past + ']', "expired"},
                                         {'[' + past + ',' + next + ']', "upcoming"},
                                         {'[' + past + ',' + revoked + ']', "revoked"},
                                         {'[' + next + ',' + now + ',' + past + ']', "valid"}}) {
        const auto goods = of(list);
        EXPECT_EQ(shown_certification(goods).standing, standing) << list;
    }
    EXPECT_EQ(last_day(json::parse(R"({"valid_to": "2028-03-01"})").as_object()), "2028-02-29");
}

TEST(Goods, BeginWithWholeCharacters) {
    EXPECT_EQ(first_letters("箬竹面", 1), "箬");
    EXPECT_EQ(first_letters("箬竹面", 2), "箬竹");
    EXPECT_EQ(first_letters("a", 2), "a");
    EXPECT_EQ(first_letters("𠮷面", 1), "𠮷");
    EXPECT_EQ(first_letters("", 1), "");
}

}  // namespace
}  // namespace shanhai::shop_pages
