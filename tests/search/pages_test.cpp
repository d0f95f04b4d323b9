#include "search/asking.hpp"

#include <functional>
#include <set>

namespace shanhai::catalog {
namespace {

/// Every page of a list, five products each; `between` happens once, after the second page.
class Leafing : public Asking {
protected:
    std::vector<std::string> leaf(const std::string& query, const std::function<void()>& between) {
        std::vector<std::string> names;
        std::string cursor;
        for (int pages = 1; pages == 1 || !cursor.empty(); ++pages) {
            const auto page = list(query + "&limit=5" + (cursor.empty() ? "" : "&cursor=" + cursor));
            for (auto& name : names_in(page)) names.push_back(std::move(name));
            const auto& next = page.at("next");
            cursor = next.is_null() ? "" : std::string{next.as_string()};
            if (pages == 2) between();
        }
        return names;
    }
    void later() { clock_.at += std::chrono::seconds{5}; }
    void suspend(ProductId id) {
        later();
        auto product = stored_.products.at(id);
        for (auto& one : product.certifications) {
            one.state = CertificationState::suspended;
            one.state_since = clock_.at;
        }
        change(product);
    }
    void certify(ProductId id) {
        later();
        auto product = stored_.products.at(id);
        Certification one{
            .scheme = *SchemeCode::parse("MINHANG_YOUPIN"), .authority = {}, .number = {}, .reason = {}};
        one.year = 2026;
        one.valid_from = *parse_date("2026-01-01");
        one.valid_to = *parse_date("2027-01-01");
        one.recorded = one.state_since = clock_.at;
        product.certifications.push_back(std::move(one));
        change(product);
    }
    ProductId called(const std::string& name) const {
        for (const auto& [id, product] : stored_.products) {
            if (product.text.name == name) return id;
        }
        ADD_FAILURE() << name;
        return {};
    }
};

TEST_F(Leafing, NeitherRepeatsNorSkipsWhatIsCertifiedOrSuspendedMeanwhile) {
    for (const auto* query : {"q=", "first=MINHANG_YOUPIN", "q=%E4%BA%91%E5%8D%97"}) {
        SCOPED_TRACE(query);
        showcase_.follow(whole(sample()));
        stored_ = sample();
        const auto undisturbed = leaf(query, [] {});
        ASSERT_GT(undisturbed.size(), 40U);
        const auto disturbed = leaf(query, [this] {
            suspend(called("箬竹面"));        // Was on the first page.
            suspend(called("叶城薄皮核桃"));  // Would be on a later one.
            suspend(called("大关山珍组合"));
            certify(called("高原菌菇汤料包"));  // Was to come last.
            certify(called("罗平菜花蜜"));
        });
        EXPECT_EQ(disturbed, undisturbed);
    }
}

TEST_F(Leafing, ShowsANewListAsThingsStandNow) {
    suspend(called("箬竹面"));
    certify(called("高原菌菇汤料包"));
    const auto names = leaf("q=", [] {});
    EXPECT_EQ(names.front(), "箬竹笋（清水笋）");
    const auto place = [&names](const char* name) { return std::ranges::find(names, name) - names.begin(); };
    EXPECT_LT(place("高原菌菇汤料包"), place("箬竹面"));
}

TEST_F(Leafing, DropsFromASchemesListWhatIsSuspendedAtOnce) {
    const auto names = leaf("scheme=MINHANG_YOUPIN", [this] { suspend(called("大关山珍组合")); });
    EXPECT_EQ(names.size(), 18U);
    EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), 18U);
}

TEST_F(Leafing, FindsNothingByWhatCannotBeLookedFor) {
    for (const auto* typed : {"！", "。，", "😀"}) {
        const auto found = list("q=" + escaped(typed));
        EXPECT_TRUE(found.at("items").as_array().empty()) << typed;
        EXPECT_EQ(found.at("ranking").at("rule"), "CERTIFIED_FIRST");
    }
    EXPECT_FALSE(list("q=").at("items").as_array().empty()) << "nothing typed is all";
}

/// Else no copy of the first page, nor of the shop's HTML that holds it, were ever good again.
TEST_F(Leafing, BeginsWithTheSameBytesAsLongAsNothingChanges) {
    const auto first = list("limit=5");
    later();
    EXPECT_EQ(list("limit=5"), first);
    suspend(called("箬竹面"));
    EXPECT_NE(list("limit=5"), first);
}

TEST_F(Leafing, GoesOnOnlyWithACursorOfTheSameWords) {
    const auto next = std::string{list("limit=1&q=" + escaped("笋")).at("next").as_string()};
    EXPECT_EQ(status("limit=1&q=" + escaped("笋") + "&cursor=" + next), 200);
    EXPECT_EQ(status("limit=1&q=" + escaped("茶") + "&cursor=" + next), 422);
    EXPECT_EQ(status("limit=1&cursor=" + next), 422);
}

}  // namespace
}  // namespace shanhai::catalog
