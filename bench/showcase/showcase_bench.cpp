// What a write costs that shows in a catalogue of 100,000 products: the next view by what was touched,
// against one that is made of everything that is stored.
//
//   build/release/bench/showcase/showcase_bench

#include "catalog/http/view.hpp"

#include <benchmark/benchmark.h>

namespace shanhai::catalog {
namespace {

constexpr int product_count = 100'000;
constexpr int merchant_count = 1'000;

Product product_of(int id, int version) {
    Product product{.id = static_cast<ProductId>(id),
                    .merchant = static_cast<MerchantId>(1 + id % merchant_count),
                    .county = *CountyCode::parse("530624"),
                    .version = version,
                    .text = {},
                    .snapshot_hash = std::string(32, 'x'),
                    .listed = true,
                    .skus = {},
                    .certifications = {}};
    product.text.name = "箬竹面" + std::to_string(id);
    product.text.category = "food_processed";
    product.text.summary = "掺入鲜笋的挂面。";
    product.text.description = "面粉与鲜笋一起和面，慢火烘干。";
    product.text.origin_statement = "云南省昭通市大关县";
    return product;
}

CatalogueNews everything() {
    CatalogueNews news;
    news.whole = true;
    news.read.revision = 1;
    const auto county = *CountyCode::parse("530624");
    news.read.counties.emplace(county, County{.code = county,
                                              .name = "大关县",
                                              .short_name = "大关县",
                                              .prefecture = "昭通市",
                                              .province = "云南省",
                                              .former_codes = {}});
    for (int id = 1; id <= merchant_count; ++id) {
        const auto merchant = static_cast<MerchantId>(id);
        news.read.merchants.emplace(merchant, Merchant{.id = merchant,
                                                       .name = "合作社" + std::to_string(id),
                                                       .county = county,
                                                       .uscc = std::nullopt,
                                                       .food_licence = std::nullopt,
                                                       .area_note = {}});
    }
    for (int id = 1; id <= product_count; ++id)
        news.read.products.emplace(static_cast<ProductId>(id), product_of(id, 1));
    return news;
}

const View& full_view() {
    static const View view = View{}.followed_by(everything(), now());
    return view;
}

void one_product(benchmark::State& state) {
    auto view = full_view();
    int id = 1;
    for (auto _ : state) {
        CatalogueNews news;
        news.read.revision = view.revision + 1;
        id = 1 + (id + 7919) % product_count;
        news.products.insert(static_cast<ProductId>(id));
        news.read.products.emplace(static_cast<ProductId>(id), product_of(id, 2));
        view = view.followed_by(std::move(news), now());
    }
}
BENCHMARK(one_product)->Name("next view/one product touched")->Unit(benchmark::kMicrosecond);

void one_merchant(benchmark::State& state) {
    auto view = full_view();
    int id = 1;
    for (auto _ : state) {
        CatalogueNews news;
        news.read.revision = view.revision + 1;
        id = 1 + (id + 7) % merchant_count;
        auto merchant = *view.facts->merchant(static_cast<MerchantId>(id));
        merchant.active = !merchant.active;
        news.merchants.insert(merchant.id);
        news.read.merchants.emplace(merchant.id, std::move(merchant));
        view = view.followed_by(std::move(news), now());
    }
}
BENCHMARK(one_merchant)->Name("next view/a merchant of 100 products")->Unit(benchmark::kMicrosecond);

/// What was done after every write before, without the seconds that reading everything takes.
void all_there_is(benchmark::State& state) {
    const auto view = full_view();
    for (auto _ : state) {
        state.PauseTiming();
        auto news = everything();
        state.ResumeTiming();
        benchmark::DoNotOptimize(view.followed_by(std::move(news), now()));
    }
}
BENCHMARK(all_there_is)->Name("next view/everything, nothing changed")->Unit(benchmark::kMicrosecond);

void from_nothing(benchmark::State& state) {
    for (auto _ : state) {
        state.PauseTiming();
        auto news = everything();
        state.ResumeTiming();
        benchmark::DoNotOptimize(View{}.followed_by(std::move(news), now()));
    }
}
BENCHMARK(from_nothing)->Name("the first view")->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace shanhai::catalog

BENCHMARK_MAIN();
