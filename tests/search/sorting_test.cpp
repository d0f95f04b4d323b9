#include "search/leafing.hpp"

#include <algorithm>

namespace shanhai::catalog {
namespace {

/// Lists that are sorted by what somebody chose.
class Sorting : public Leafing {
protected:
    static std::vector<std::int64_t> least_prices_in(const boost::json::value& page) {
        std::vector<std::int64_t> all;
        for (const auto& product : page.at("items").as_array()) {
            std::int64_t least = line_fen_max.count();
            for (const auto& sku : product.at("skus").as_array())
                least = std::min(least, sku.at("price_fen").as_int64());
            all.push_back(least);
        }
        return all;
    }
    std::string cursor_of(const std::string& query) {
        return std::string{list(query + "&limit=5").at("next").as_string()};
    }
    std::string refusal(const std::string& query) {
        const auto answer = answered(router_, "/v1/products", query);
        return std::to_string(answer.status) + " " + std::string{answer.content()};
    }
};

TEST_F(Sorting, ListsByTheCheapestSizeOfEachProduct) {
    for (const auto* words : {"", "&q=%E7%AC%8B", "&county=530624"}) {
        SCOPED_TRACE(words);
        const auto up = list(std::string{"limit=100&sort=price_ascending"} + words);
        const auto down = list(std::string{"limit=100&sort=price_descending"} + words);
        const auto prices = least_prices_in(up);
        ASSERT_GE(prices.size(), 4U);
        EXPECT_LT(prices.front(), prices.back());
        EXPECT_TRUE(std::ranges::is_sorted(prices));
        EXPECT_TRUE(std::ranges::is_sorted(least_prices_in(down), std::ranges::greater{}));
        EXPECT_EQ(up.at("ranking").at("rule").as_string(), "CHEAPEST_FIRST");
        EXPECT_EQ(down.at("ranking").at("rule").as_string(), "DEAREST_FIRST");
        EXPECT_EQ(prices.size(), names_in(list(std::string{"limit=100"} + words)).size());
    }
}

TEST_F(Sorting, ListsWhatWasAddedLastFirst) {
    const auto page = list("limit=100&sort=newest");
    EXPECT_EQ(page.at("ranking").at("rule").as_string(), "NEWEST_FIRST");
    std::vector<std::int64_t> ids;
    for (const auto& one : page.at("items").as_array()) ids.push_back(one.at("product_id").as_int64());
    ASSERT_GT(ids.size(), 40U);
    EXPECT_TRUE(std::ranges::is_sorted(ids, std::ranges::greater{}));
}

TEST_F(Sorting, NeitherRepeatsNorSkipsWhatIsPricedOtherwiseMeanwhile) {
    for (const auto* query : {"sort=price_ascending", "sort=price_descending", "sort=newest"}) {
        SCOPED_TRACE(query);
        showcase_.follow(whole(sample()));
        stored_ = sample();
        const auto undisturbed = leaf(query, [] {});
        ASSERT_GT(undisturbed.size(), 40U);
        const auto disturbed = leaf(query, [&] {
            const auto first = called(undisturbed.front());
            const auto last = called(undisturbed.back());
            const auto dear = Fen{9'000'000};
            for (std::size_t i = 0; i < stored_.products.at(first).skus.size(); ++i) price(first, i, dear);
            price(last, 0, Fen{1});
            price(last, 0, Fen{5'000});  // A second time: the first price is the list's.
            price(called("箬竹面"), 0, Fen{2});
            const auto walnuts = called("叶城薄皮核桃");
            offer(walnuts, Fen{3});  // A cheaper size, which was not there, and changes its price.
            price(walnuts, stored_.products.at(walnuts).skus.size() - 1, Fen{4});
            certify(called("高原菌菇汤料包"));
        });
        EXPECT_EQ(disturbed, undisturbed);
    }
}

TEST_F(Sorting, ShowsANewListByWhatThingsCostNow) {
    const auto cheap = called("陇川桑蚕丝被");
    price(cheap, 0, Fen{2});
    offer(called("叶城薄皮核桃"), Fen{1});
    const auto names = leaf("sort=price_ascending", [] {});
    EXPECT_EQ(names.at(0), "叶城薄皮核桃");
    EXPECT_EQ(names.at(1), "陇川桑蚕丝被");
}

TEST_F(Sorting, RefusesWhatIsNoOrderAndTwoOrdersAtOnce) {
    EXPECT_EQ(status("sort=newest"), 200);
    for (const auto* query : {"sort=cheapest", "sort=", "sort=newest&first=MINHANG_YOUPIN"}) {
        const auto answer = refusal(query);
        EXPECT_TRUE(answer.starts_with("422 ")) << answer;
        EXPECT_NE(answer.find("validation-failed"), std::string::npos) << answer;
        EXPECT_NE(answer.find("\"sort\""), std::string::npos) << answer;
    }
}

TEST_F(Sorting, GoesOnOnlyWithACursorOfTheSameOrder) {
    const auto next = cursor_of("sort=price_ascending");
    EXPECT_EQ(status("limit=5&sort=price_ascending&cursor=" + next), 200);
    for (const auto* other : {"sort=price_descending", "sort=newest", "q="}) {
        const auto answer = refusal(std::string{other} + "&limit=5&cursor=" + next);
        EXPECT_TRUE(answer.starts_with("422 ")) << answer;
        EXPECT_NE(answer.find("invalid-cursor"), std::string::npos) << answer;
    }
}

TEST_F(Sorting, BeginsAgainWhereNobodyKnowsAnyMoreWhatThingsCost) {
    const auto by_price = cursor_of("sort=price_ascending");
    const auto by_age = cursor_of("sort=newest");
    clock_.at += FormerPrice::kept;
    EXPECT_EQ(status("limit=5&sort=price_ascending&cursor=" + by_price), 200);
    later();
    EXPECT_NE(refusal("limit=5&sort=price_ascending&cursor=" + by_price).find("invalid-cursor"),
              std::string::npos);
    EXPECT_EQ(status("limit=5&sort=newest&cursor=" + by_age), 200) << "what was added when does not change";
}

}  // namespace
}  // namespace shanhai::catalog
