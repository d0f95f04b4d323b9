#include "catalog/domain/search/finding.hpp"
#include "vocabulary/folding.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <algorithm>
#include <set>

namespace shanhai::catalog::search {
namespace {

/// Few characters, so that words are found by chance: two are read alike, one in two ways.
std::string any_text(int longest) {
    constexpr const char* characters[] = {"箬", "竹", "主", "面", "长", "笋", "茶", "a", "7", "，", " "};
    std::string text;
    const auto length = *rc::gen::inRange(1, longest);
    for (int i = 0; i < length; ++i) text += characters[*rc::gen::inRange(0, 11)];
    return text;
}

std::shared_ptr<const Product> any_product(std::uint64_t id) {
    Product product{.id = ProductId{id},
                    .merchant = MerchantId{1},
                    .county = *CountyCode::parse("530624"),
                    .text = {},
                    .snapshot_hash = {},
                    .listed = true,
                    .ever_listed = true,
                    .skus = {},
                    .certifications = {}};
    product.text.name = any_text(6);
    const auto aliases = *rc::gen::inRange(0, 3);
    for (int i = 0; i < aliases; ++i) product.text.aliases.push_back(any_text(4));
    product.text.tags = {any_text(4)};
    product.text.summary = any_text(10);
    return std::make_shared<const Product>(std::move(product));
}

/// As somebody would who reads everything.
Level judged_by_reading(const ProductText& text, std::u16string_view word, bool& found) {
    const auto spelled = SpelledWord::of(word);
    const auto spells = [&](std::u16string_view part) {
        return spelled && !spelled->of_one_letter() && spelled->within(part) != Spelled::no;
    };
    // Words of aliases and tags are spelled each by itself.
    const auto holds = [&](const std::string& part) {
        const auto whole = folded(part);
        if (whole.find(word) != std::u16string::npos) return true;
        for (std::size_t begin = 0; begin < whole.size();) {
            const auto end = std::min(whole.find(u' ', begin), whole.size());
            if (spells(std::u16string_view{whole}.substr(begin, end - begin))) return true;
            begin = end + 1;
        }
        return false;
    };
    const auto name = folded(text.name);
    const auto start = spelled ? spelled->at(name, 0) : SpelledWord::Match{};
    found = true;
    const auto end = word.size();
    if (name.starts_with(word) && (name.size() == end || name[end] == u' ')) return Level::exact;
    if (start.how != Spelled::no && start.to_the_end) return Level::exact;
    if (name.starts_with(word) || start.how != Spelled::no) return Level::begins;
    if (name.find(word) != std::u16string::npos || spells(name)) return Level::holds;
    for (const auto& alias : text.aliases) {
        if (holds(alias)) return Level::alias;
    }
    for (const auto& tag : text.tags) {
        if (holds(tag)) return Level::anything;
    }
    found = folded(text.summary).find(word) != std::u16string::npos;
    return Level::anything;
}

RC_GTEST_PROP(SearchIndex, FindsWhatSomebodyWouldWhoReadsEverything, ()) {
    Index index;
    Changes stored;
    const auto writes = *rc::gen::inRange(1, 12);
    for (int i = 0; i < writes; ++i) {
        Changes changes;
        const auto changed = *rc::gen::inRange(1, 6);
        for (int j = 0; j < changed; ++j) {
            // Of three blocks, and not seldom the same again.
            const auto id =
                static_cast<std::uint64_t>(*rc::gen::inRange(250, 262) + 256 * *rc::gen::inRange(0, 2));
            const bool gone = *rc::gen::inRange(0, 4) == 0;
            changes[ProductId{id}] = gone ? nullptr : any_product(id);
        }
        for (const auto& [id, product] : changes) stored[id] = product;
        index = index.followed_by(changes);
    }
    const Registry facts;
    const Sight sight{facts};
    const Finding finding{index, sight, Instant{}};
    for (const auto* typed :
         {"箬", "竹面", "笋茶面", "主", "a", "7", "ruo", "rz", "zhu", "zhum", "chang", "sc", "az"}) {
        const auto word = folded(typed);
        std::set<Place> expected;
        for (const auto& [id, product] : stored) {
            bool found = false;
            if (!product) continue;
            const auto level = judged_by_reading(product->text, word, found);
            if (found) expected.insert({.level = level, .uncertified = true, .product = id});
        }
        const auto places =
            finding.places(Query::of_folded(word, {}, true), {}, {.first = {}, .began = {}}, {}, 1000);
        RC_LOG() << typed << "\n";
        RC_ASSERT(std::vector<Place>(expected.begin(), expected.end()) == places);
        RC_ASSERT(finding.counts(Query::of_folded(word, {}, true), {}).products == places.size());
    }
}

TEST(SearchIndex, SharesWhatDidNotChange) {
    Changes changes;
    for (const auto id : {1U, 300U, 600U}) {
        Product product{.id = ProductId{id},
                        .merchant = MerchantId{1},
                        .county = *CountyCode::parse("530624"),
                        .text = {},
                        .snapshot_hash = {},
                        .skus = {},
                        .certifications = {}};
        changes[ProductId{id}] = std::make_shared<const Product>(std::move(product));
    }
    const auto before = Index{}.followed_by(changes);
    ASSERT_EQ(before.blocks().size(), 3U);
    const auto after = before.followed_by({{ProductId{300}, changes[ProductId{1}]}});
    EXPECT_EQ(after.blocks()[0], before.blocks()[0]);
    EXPECT_NE(after.blocks()[1], before.blocks()[1]);
    EXPECT_EQ(after.blocks()[2], before.blocks()[2]);
    EXPECT_EQ(after.followed_by({{ProductId{300}, nullptr}}).blocks().size(), 2U) << "an empty block is none";
}

Product priced(std::uint64_t id) {
    Product product{.id = ProductId{id},
                    .merchant = MerchantId{1},
                    .county = *CountyCode::parse("530624"),
                    .text = {},
                    .snapshot_hash = {},
                    .skus = {},
                    .certifications = {}};
    product.skus.push_back(Sku{.id = SkuId{id},
                               .gtin = *Gtin::parse("9520000000011"),
                               .name = {},
                               .net_content = Gram{500},
                               .price = Fen{1000}});
    return product;
}

/// As the database tells it: with what it cost within the last day.
Product dearer(Product product, Fen by, Instant at) {
    auto& sku = product.skus.front();
    std::erase_if(product.former_prices,
                  [at](const FormerPrice& one) { return one.until <= at - FormerPrice::kept; });
    product.former_prices.push_back({sku.id, sku.price, at});
    sku.price = Fen{sku.price.count() + by.count()};
    sku.price_version += 1;
    sku.price_since = at;
    return product;
}

TEST(SearchIndex, KnowsWhatEachProductCostWithinTheLastDayAndNoLonger) {
    using std::chrono::hours;
    const Instant start{hours{1000}};
    std::map<std::uint64_t, Product> stored;
    Index index;
    const auto write = [&](const Product& product) {
        stored.insert_or_assign(number(product.id), product);
        index = index.followed_by({{product.id, std::make_shared<const Product>(product)}});
    };
    for (std::uint64_t id = 0; id < Slots::count; ++id) write(priced(id));
    std::set<std::pair<Instant, std::uint64_t>> changes;
    for (std::uint64_t i = 0; i < 3 * Slots::count; ++i) {
        const auto id = i * 97 % Slots::count;  // Not in the order of the slots.
        const auto at = start + std::chrono::minutes{i * 5};
        write(dearer(stored.at(id), Fen{static_cast<std::int64_t>(i) + 1}, at));
        changes.emplace(at, id);
    }
    const auto& block = *index.blocks().front();
    const auto latest = changes.rbegin()->first;
    EXPECT_TRUE(std::ranges::is_sorted(block.formers(), {}, &Block::Former::slot));
    EXPECT_EQ(block.formers().size(), static_cast<std::size_t>(FormerPrice::kept / std::chrono::minutes{5}));
    for (auto at = latest - FormerPrice::kept; at <= latest; at += hours{1}) {
        for (const auto& [id, product] : stored) {
            EXPECT_EQ(block.price_fen(static_cast<Slot>(id), at), product.least_price_at(at).count())
                << id << " at " << rfc3339(at);
        }
    }
}

TEST(SearchIndex, ReadsDescriptionsAsTheyAreFolded) {
    struct Written {
        const char* description;
        const char* typed;
        bool found;
    };
    const std::vector<Written> all{
        {"原料是NFC芒果。", "NFC芒果", true},     {"原料是NFC芒果。", "nfc芒果", true},
        {"高山竹筍，手工去殼。", "竹笋", true},   {"高山竹筍，手工去殼。", "竹筍", true},
        {"高山竹笋，手工去壳。", "竹筍", true},   {"６０℃慢烘的Pu'er", "puer", true},
        {"６０℃慢烘的Pu'er", "60", true},         {"低温，慢烘", "低温慢烘", false},
        {"低温、慢烘 NFC 芒果", "nfc芒果", false}};
    for (const auto& one : all) {
        SCOPED_TRACE(one.description + std::string{" "} + one.typed);
        auto product = priced(7);
        product.text.description = one.description;
        const auto index = Index{}.followed_by({{product.id, std::make_shared<const Product>(product)}});
        EXPECT_EQ(index.blocks().front()->described_by(folded(one.typed), Slots::all()).has(7), one.found);
    }
}

TEST(SearchIndex, ForgetsWhatNoDescriptionMentionsAnyMore) {
    Index index;
    auto product = priced(7);
    const auto write = [&](const std::string& description) {
        product.text.description = description;
        index = index.followed_by({{product.id, std::make_shared<const Product>(product)}});
    };
    write("孔雀展翅");
    auto neighbour = priced(8);
    neighbour.text.description = "松茸切片";
    index = index.followed_by({{neighbour.id, std::make_shared<const Product>(neighbour)}});
    const auto may_have = [&](std::u16string_view word) {
        return index.blocks().front()->mentions().may_have(word);
    };
    for (std::size_t i = 0; i < 2 * Slots::count; ++i) write("孔雀展翅");
    EXPECT_TRUE(may_have(u"孔雀展翅")) << "written again, and the same";
    for (std::size_t i = 0; i < Slots::count; ++i) write("第" + std::to_string(i) + "版");
    EXPECT_FALSE(may_have(u"孔雀展翅"));
    EXPECT_TRUE(may_have(u"松茸切片")) << "a neighbour's, which did not change";
    EXPECT_TRUE(may_have(u"255版"));
}

}  // namespace
}  // namespace shanhai::catalog::search
