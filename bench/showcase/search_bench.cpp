// What finding costs among 100,000 products: queries of every kind (50 ms at most), the index of them all (2
// s, 60 MiB), and one product that changed. Names are made of the sample's words.
//
//   build/release/bench/showcase/search_bench

#include "catalog/domain/search/suggesting.hpp"
#include "catalog/domain/search/understanding.hpp"

#include <benchmark/benchmark.h>
#include <malloc.h>
#include <array>
#include <iterator>

namespace shanhai::catalog {
namespace {

constexpr unsigned product_count = 100'000;
constexpr unsigned merchant_count = 1'000;

constexpr std::array places{"大关", "昌宁",     "景东", "勐海", "墨江", "牟定", "凤庆",
                            "隆阳", "香格里拉", "班玛", "鲁甸", "芒市", "大姚", "玉龙",
                            "叶城", "罗平",     "富源", "镇康", "陇川", "镇沅"};
constexpr std::array ways{"工夫",   "烘青", "古树", "早稻", "薄皮", "小粒", "高原", "野花", "风干", "香辣",
                          "无量山", "三台", "梯田", "定制", "冻干", "泡",   "青",   "黑",   "紫",   "小"};
constexpr std::array goods{"箬竹面", "箬竹笋", "笋干",   "红茶", "绿茶",   "香菇",  "木耳",
                           "香米",   "核桃仁", "咖啡",   "松茸", "牦牛肉", "花椒",  "茭白",
                           "蜂蜜",   "苹果",   "黄姜片", "辣椒", "火腿",   "蚕丝被"};
constexpr std::array categories_of_goods{"food_processed",
                                         "food_bamboo_shoot",
                                         "food_bamboo_shoot",
                                         "tea",
                                         "tea",
                                         "mushroom",
                                         "mushroom",
                                         "grain_rice",
                                         "nut_processed",
                                         "coffee",
                                         "mushroom_wild",
                                         "meat_processed",
                                         "spice",
                                         "vegetable",
                                         "honey",
                                         "fruit",
                                         "spice",
                                         "spice",
                                         "meat_processed",
                                         "raw_silk"};

CountyCode county_number(unsigned number) { return *CountyCode::parse(std::to_string(530600 + 1 + number)); }

Instant moment() { return *parse_rfc3339("2026-06-01T04:00:00Z"); }

Product product_of(unsigned id, int version) {
    const auto seed = id * 2654435761U >> 4;
    const auto place = seed % places.size();
    const auto kind = seed / 20 % goods.size();
    Product product{.id = static_cast<ProductId>(id),
                    .merchant = static_cast<MerchantId>(1 + seed % merchant_count),
                    .county = county_number(static_cast<unsigned>(place)),
                    .version = version,
                    .text = {},
                    .snapshot_hash = std::string(32, 'x'),
                    .listed = true,
                    .ever_listed = true,
                    .skus = {},
                    .certifications = {}};
    const std::string good = goods[kind];
    product.text.name =
        places[place] + std::string{ways[seed / 400 % ways.size()]} + good + "第" + std::to_string(id) + "号";
    product.text.aliases = {places[place] + good, "帮扶" + good};
    product.text.category = categories_of_goods[kind];
    product.text.summary = "山里人家按老法子做的" + good + "，一包一样，产地直发。";
    product.text.description =
        "在" + std::string{places[place]} + "的高山上，" + good +
        "按节令采收，当天挑选、清洗、晾晒，由合作社的农户手工完成，不添加防腐剂。每一批都有检验报告，"
        "包装上的二维码能查到采收的村子和日期。" +
        (id % 1000 == 0 ? "宜送长辈。" : "煮汤炒菜都好。");
    product.text.tags = {"一县一品", id % 7 == 0 ? "时令" : "产地直发"};
    product.skus.push_back(Sku{.gtin = *Gtin::parse("9525306240017"),
                               .name = id % 3 == 0 ? "500克袋装" : "家庭装一千克",
                               .net_content = Gram{500},
                               .price = Fen{1980 + id % 997}});
    // Each was priced anew since the lists that are leafed through began.
    product.former_prices.push_back({SkuId{}, Fen{1000}, moment() + std::chrono::hours{1}});
    product.skus.front().price_since = product.former_prices.front().until;
    if (id % 2 == 0) {
        Certification one{
            .scheme = *SchemeCode::parse("MINHANG_YOUPIN"), .authority = {}, .number = {}, .reason = {}};
        one.year = 2026;
        one.valid_from = Date{std::chrono::year{2026} / 1 / 1};
        one.valid_to = Date{std::chrono::year{2027} / 1 / 1};
        product.certifications.push_back(std::move(one));
    }
    return product;
}

const Registry& registry() {
    static const auto facts = [] {
        Registry made;
        made.schemes.emplace(*SchemeCode::parse("MINHANG_YOUPIN"), "闵行优品");
        for (unsigned i = 0; i < places.size(); ++i) {
            made.counties.emplace(county_number(i), County{.code = county_number(i),
                                                           .name = std::string{places[i]} + "县",
                                                           .short_name = std::string{places[i]} + "县",
                                                           .prefecture = i % 2 == 0 ? "昭通市" : "普洱市",
                                                           .province = "云南省",
                                                           .former_codes = {}});
        }
        for (unsigned id = 1; id <= merchant_count; ++id) {
            const auto merchant = static_cast<MerchantId>(id);
            made.merchants.emplace(
                merchant, Merchant{.id = merchant,
                                   .name = std::string{places[id % places.size()]} + "第" +
                                           std::to_string(id) + "农产品专业合作社",
                                   .county = county_number(static_cast<unsigned>(id % places.size())),
                                   .uscc = std::nullopt,
                                   .food_licence = std::nullopt,
                                   .area_note = {}});
        }
        return made;
    }();
    return facts;
}

const search::KnownNames& names() {
    static const auto known = search::KnownNames::of(registry(), {}, true);
    return known;
}

const search::Changes& everything() {
    static const auto all = [] {
        search::Changes made;
        for (unsigned id = 1; id <= product_count; ++id)
            made.emplace_hint(made.end(), static_cast<ProductId>(id),
                              std::make_shared<const Product>(product_of(id, 1)));
        return made;
    }();
    return all;
}

const search::Index& full_index() {
    static const auto index = search::Index{}.followed_by(everything());
    return index;
}

/// As a list answers it: understood, and its first page.
void query(benchmark::State& state, const char* words) {
    const search::Sight sight{registry()};
    full_index();
    std::size_t found = 0;
    for (auto _ : state) {
        const auto what = search::understand(words, full_index(), names(), sight, moment());
        const search::Finding finding{full_index(), sight, moment()};
        found = finding.places(what.query, {}, {.first = {}, .began = moment()}, {}, 21).size();
        benchmark::DoNotOptimize(found);
    }
    state.counters["first_page"] = static_cast<double>(found);
}
#define SHANHAI_QUERY(name, words) BENCHMARK_CAPTURE(query, name, words)->Unit(benchmark::kMillisecond)
SHANHAI_QUERY(a_character, "茶");
SHANHAI_QUERY(a_name, "大关工夫箬竹面");
SHANHAI_QUERY(a_word, "箬竹");
SHANHAI_QUERY(a_word_of_all, "一县一品");
SHANHAI_QUERY(a_province, "云南");
SHANHAI_QUERY(a_county_and_goods, "大关笋干");
SHANHAI_QUERY(a_scheme, "闵行优品");
SHANHAI_QUERY(traditional, "筍乾");
SHANHAI_QUERY(pinyin, "ruozhu");
SHANHAI_QUERY(pinyin_of_one, "cha");
SHANHAI_QUERY(initials, "rzm");
SHANHAI_QUERY(a_letter, "d");
SHANHAI_QUERY(half_a_syllable, "ruozh");
SHANHAI_QUERY(a_gtin, "9525306240017");
SHANHAI_QUERY(a_typing_error, "香茹");
SHANHAI_QUERY(two_typing_errors, "工夫弱竹免");
SHANHAI_QUERY(exchanged_characters, "菇香");
SHANHAI_QUERY(a_size, "家庭装");
SHANHAI_QUERY(a_description, "宜送长辈");
SHANHAI_QUERY(a_description_of_all, "检验报告");
SHANHAI_QUERY(twelve_words, "大 关 山 里 人 家 一 县 一 品 云 面");
SHANHAI_QUERY(nothing, "手机壳");

void a_later_page(benchmark::State& state) {
    const search::Sight sight{registry()};
    const search::Finding finding{full_index(), sight, moment()};
    const search::Place after{.uncertified = true, .product = ProductId{50'000}};
    for (auto _ : state)
        benchmark::DoNotOptimize(finding.places({}, {}, {.first = {}, .began = moment()}, after, 21));
}
BENCHMARK(a_later_page)->Name("a later page of all")->Unit(benchmark::kMillisecond);

void by_price(benchmark::State& state) {
    const search::Sight sight{registry()};
    const search::Finding finding{full_index(), sight, moment()};
    const search::Order order{.first = {}, .began = moment(), .sorting = search::Sorting::price_descending};
    const search::Place after{.rank = 50, .product = ProductId{50'000}};
    for (auto _ : state) benchmark::DoNotOptimize(finding.places({}, {}, order, after, 21));
}
BENCHMARK(by_price)->Name("a later page by price")->Unit(benchmark::kMillisecond);

void facets(benchmark::State& state) {
    const search::Sight sight{registry()};
    const search::Finding finding{full_index(), sight, moment()};
    const auto asked = search::Query::of("茶", names(), false);
    for (auto _ : state) benchmark::DoNotOptimize(finding.counts(asked, {}));
}
BENCHMARK(facets)->Unit(benchmark::kMillisecond);

void suggestions(benchmark::State& state) {
    const search::Sight sight{registry()};
    for (auto _ : state)
        benchmark::DoNotOptimize(search::suggestions_for("ru", full_index(), names(), sight, moment()));
}
BENCHMARK(suggestions)->Unit(benchmark::kMillisecond);

void whole_index(benchmark::State& state) {
    everything();
    for (auto _ : state) {
        const auto before = mallinfo2();
        const auto index = search::Index{}.followed_by(everything());
        const auto after = mallinfo2();
        constexpr double mebibyte = 1024.0 * 1024.0;
        state.counters["MiB"] = static_cast<double>(after.uordblks - before.uordblks) / mebibyte;
        benchmark::DoNotOptimize(index);
    }
}
BENCHMARK(whole_index)->Name("the whole index")->Unit(benchmark::kMillisecond);

void one_product(benchmark::State& state) {
    auto index = full_index();
    unsigned id = 1;
    for (auto _ : state) {
        id = 1 + (id + 7919) % product_count;
        search::Changes changes;
        changes.emplace(static_cast<ProductId>(id), std::make_shared<const Product>(product_of(id, 2)));
        index = index.followed_by(changes);
    }
}
BENCHMARK(one_product)->Name("one product changed")->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace shanhai::catalog

BENCHMARK_MAIN();
