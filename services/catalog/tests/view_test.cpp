#include "catalog/http/view.hpp"

#include "catalog/domain/search/finding.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace shanhai::catalog {
namespace {

Instant moment(std::string_view text) { return *parse_rfc3339(text); }
MerchantId merchant_number(int number) { return static_cast<MerchantId>(number); }

CountyCode county_number(int number) { return *CountyCode::parse("53062" + std::to_string(number)); }

Product product_of(int id, int merchant, int county, std::string name) {
    Product product{.id = static_cast<ProductId>(id),
                    .merchant = merchant_number(merchant),
                    .county = county_number(county),
                    .text = {},
                    .snapshot_hash = {},
                    .listed = true,
                    .skus = {},
                    .certifications = {}};
    product.text.name = std::move(name);
    product.text.category = "food_processed";
    product.ever_listed = true;
    return product;
}

/// What is stored, and what was touched of it since somebody looked.
class Stored {
public:
    Stored() {
        for (int i = 1; i <= 3; ++i) {
            const auto code = county_number(i);
            whole.counties.emplace(code, County{.code = code,
                                                .name = "县" + std::to_string(i),
                                                .short_name = {},
                                                .prefecture = {},
                                                .province = {},
                                                .former_codes = {}});
            whole.merchants.emplace(merchant_number(i), Merchant{.id = merchant_number(i),
                                                                 .name = "社" + std::to_string(i),
                                                                 .county = code,
                                                                 .uscc = std::nullopt,
                                                                 .food_licence = std::nullopt,
                                                                 .area_note = {}});
        }
    }

    /// One of the writes that there are, or one that nobody makes yet (a thing is gone).
    void write() {
        ++whole.revision;
        const int id = *rc::gen::inRange(1, 40);
        const int third = *rc::gen::inRange(1, 4);
        const auto name = "名" + std::to_string(whole.revision);
        switch (*rc::gen::inRange(0, 11)) {
            case 0:
                return write_county(third, name);
            case 1:
                return write_former_code(third);
            case 2:
                return write_merchant(third, name);
            case 3:
                return erase(static_cast<ProductId>(id));
            case 4:
                return certify(static_cast<ProductId>(id), third);
            case 5:
                return list(static_cast<ProductId>(id));
            case 6:
                return name_scheme(name);
            default:
                return put(product_of(id, third, third, name));
        }
    }

    CatalogueNews news() {
        auto news = std::exchange(news_, {});
        news.read.revision = whole.revision;
        if (news.places) {
            news.read.counties = whole.counties;
            news.read.present_codes = whole.present_codes;
            news.read.schemes = whole.schemes;
        }
        for (const auto id : news.merchants) {
            if (const auto* found = whole.merchant(id)) news.read.merchants.emplace(id, *found);
        }
        for (const auto id : news.products) {
            const auto found = whole.products.find(id);
            if (found != whole.products.end()) news.read.products.insert(*found);
        }
        return news;
    }
    CatalogueNews all() const {
        CatalogueNews news;
        news.whole = true;
        news.read = whole;
        return news;
    }

    Catalogue whole;

private:
    void write_county(int number, const std::string& name) {
        whole.counties.at(county_number(number)).name = name;
        news_.places = true;
    }
    /// The county is known by that code alone for a while.
    void write_former_code(int number) {
        const auto former = county_number(9);
        whole.present_codes.erase(former);
        whole.present_codes.emplace(former, county_number(number));
        news_.places = true;
    }
    void name_scheme(const std::string& name) {
        whole.schemes.insert_or_assign(*SchemeCode::parse("MINHANG_YOUPIN"), name);
        news_.places = true;
    }
    void write_merchant(int number, const std::string& name) {
        auto& merchant = whole.merchants.at(merchant_number(number));
        merchant.name = name;
        merchant.active = !merchant.active;
        news_.merchants.insert(merchant.id);
    }
    void erase(ProductId id) {
        whole.products.erase(id);
        news_.products.insert(id);
    }
    void list(ProductId id) {
        const auto found = whole.products.find(id);
        if (found == whole.products.end()) return;
        found->second.listed = !found->second.listed;
        news_.products.insert(id);
    }
    void certify(ProductId id, int year) {
        const auto found = whole.products.find(id);
        if (found == whole.products.end()) return;
        Certification one{
            .scheme = *SchemeCode::parse("MINHANG_YOUPIN"), .authority = {}, .number = {}, .reason = {}};
        one.valid_from = Date{std::chrono::year{2025 + year} / 1 / 1};
        one.valid_to = Date{std::chrono::year{2026 + year} / 1 / 1};
        found->second.certifications.push_back(std::move(one));
        news_.products.insert(id);
    }
    void put(Product product) {
        if (*rc::gen::inRange(0, 6) == 0) product.county = county_number(9);
        news_.products.insert(product.id);
        whole.products.insert_or_assign(product.id, std::move(product));
    }

    CatalogueNews news_;
};

/// What is found by words, and how many there are of each kind.
void say_what_is_found(const View& view, std::vector<std::string>& said) {
    const auto at = moment("2026-06-01T00:00:00Z");
    const search::Sight sight{*view.facts, {}, true};
    const search::Finding finding{view.index, sight, at};
    for (const auto* words : {"", "名", "名1", "县2", "社", "she", "m", "加工食品", "闵行优品", "名 社1"}) {
        const auto query = search::Query::of(words, *view.names, true);
        for (const auto& place : finding.places(query, {}, {.first = {}, .began = at}, {}, 1000))
            said.push_back(words + std::to_string(number(place.product)) + ":" +
                           std::to_string(static_cast<int>(place.level)));
        const auto counts = finding.counts(query, {});
        said.push_back(std::to_string(counts.products));
        for (const auto& [county, products] : counts.counties)
            said.push_back(std::to_string(county) + ":" + std::to_string(products));
    }
}

/// All that anybody can ask a view.
std::vector<std::string> said_by(const View& view) {
    std::vector<std::string> said;
    const auto say = [&](const ShownOrder& order) {
        for (const auto& shown : order) {
            said.push_back(*shown->body + shown->etag);
            const auto* const found = view.product(shown->product->id);
            said.push_back(found == shown.get() && view.revision > 0 ? "found" : "lost");
        }
        said.emplace_back("end");
    };
    say(view.order);
    for (int i = 1; i <= 3; ++i) {
        say(view.of_merchant(merchant_number(i)));
        said.push_back(view.facts->merchant(merchant_number(i))->name);
        const auto& county = *view.facts->county(county_number(i));
        said.push_back(county.name + std::to_string(view.listed_of(county)));
    }
    say_what_is_found(view, said);
    return said;
}

RC_GTEST_PROP(View, ThatFollowsEveryWriteIsTheOneThatIsMadeAnew, ()) {
    Stored stored;
    auto at = moment("2025-12-30T00:00:00Z");
    auto view = View{}.followed_by(stored.all(), at);
    const auto steps = *rc::gen::inRange(1, 60);
    for (int step = 0; step < steps; ++step) {
        const auto kept = view;
        const auto said_before = said_by(kept);
        const auto writes = *rc::gen::inRange(0, 5);
        for (int i = 0; i < writes; ++i) stored.write();
        // Forward, over midnights too, and sometimes back.
        if (*rc::gen::inRange(0, 4) == 0) at += std::chrono::hours{*rc::gen::inRange(-50, 3000)};
        view = view.followed_by(stored.news(), at);
        const auto anew = View{}.followed_by(stored.all(), at);
        RC_ASSERT(said_by(view) == said_by(anew));
        RC_ASSERT(view.good_at(at));
        RC_ASSERT(said_by(kept) == said_before);
        if (*rc::gen::inRange(0, 8) == 0) view = view.followed_by(stored.all(), at);
    }
}

TEST(View, RendersNothingButWhatWasTouched) {
    Stored stored;
    const auto at = moment("2026-06-01T00:00:00Z");
    stored.whole.revision = 1;
    for (int id = 1; id <= 9; ++id) {
        auto product = product_of(id, 1 + id % 3, 1 + id % 3, "名" + std::to_string(id));
        stored.whole.products.emplace(product.id, std::move(product));
    }
    const auto before = View{}.followed_by(stored.all(), at);
    const auto body_in = [](const View& view, int id) {
        return view.product(static_cast<ProductId>(id))->body;
    };

    CatalogueNews news;
    news.read.revision = 2;
    news.products.insert(static_cast<ProductId>(4));
    news.read.products.emplace(static_cast<ProductId>(4), product_of(4, 2, 2, "新名"));
    const auto after = before.followed_by(std::move(news), at);
    for (int id = 1; id <= 9; ++id) EXPECT_EQ(body_in(after, id) == body_in(before, id), id != 4) << id;

    CatalogueNews of_merchant;
    of_merchant.read.revision = 3;
    of_merchant.merchants.insert(merchant_number(1));
    auto renamed = stored.whole.merchants.at(merchant_number(1));
    renamed.name = "新社";
    of_merchant.read.merchants.emplace(renamed.id, renamed);
    const auto last = after.followed_by(std::move(of_merchant), at);
    for (int id = 1; id <= 9; ++id) EXPECT_EQ(body_in(last, id) == body_in(after, id), id % 3 != 0) << id;
}

}  // namespace
}  // namespace shanhai::catalog
