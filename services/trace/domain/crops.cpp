#include "trace/domain/crops.hpp"

#include <algorithm>
#include <array>

namespace shanhai::trace {
namespace {

// The first entry that is found in a word counts, so that "香菇" is a mushroom before "菇" is looked for and
// "野生菌" is gathered, not grown. Record harvests of county agricultural bureaus, rounded up.
constexpr std::array yields{
    CropYield{"野生", 60},   CropYield{"松茸", 20},    CropYield{"羊肚菌", 600},  CropYield{"木耳", 5'000},
    CropYield{"菇", 12'000}, CropYield{"菌", 12'000},  CropYield{"笋", 2'500},    CropYield{"竹荪", 400},
    CropYield{"竹", 3'000},  CropYield{"茶", 1'000},   CropYield{"咖啡", 800},    CropYield{"稻", 1'300},
    CropYield{"米", 1'300},  CropYield{"麦", 900},     CropYield{"核桃", 500},    CropYield{"坚果", 500},
    CropYield{"花椒", 600},  CropYield{"辣椒", 5'000}, CropYield{"姜", 6'000},    CropYield{"苹果", 6'000},
    CropYield{"果", 6'000},  CropYield{"茭白", 4'000}, CropYield{"葱", 6'000},    CropYield{"菜花蜜", 60},
    CropYield{"蜜", 60},     CropYield{"菜", 15'000},  CropYield{"牦牛", 60},     CropYield{"牛", 300},
    CropYield{"羊", 300},    CropYield{"猪", 15'000},  CropYield{"火腿", 15'000}, CropYield{"鸡", 6'000},
    CropYield{"鱼", 5'000},  CropYield{"蚕", 300},     CropYield{"绣", 1'000},
};

/// What a producer's word means; a word that no entry knows means itself, for as long as it lives.
CropYield meaning_of(std::string_view word) {
    const auto known = std::ranges::find_if(
        yields, [&](const CropYield& one) { return word.find(one.word) != std::string_view::npos; });
    return known == yields.end() ? CropYield{word, kg_per_mu_unknown} : *known;
}

bool yields_less(const CropYield& one, const CropYield& other) {
    return one.kg_per_mu_max < other.kg_per_mu_max;
}

}  // namespace

std::span<const CropYield> crop_yields() { return yields; }

std::int64_t kg_per_mu_max_of(const std::vector<std::string>& product_words) {
    std::int64_t best = 0;
    for (const auto& word : product_words) best = std::max(best, meaning_of(word).kg_per_mu_max);
    return best;
}

CropYield crop_of(const std::vector<std::string>& product_words, std::string_view goods) {
    std::vector<CropYield> all;
    std::vector<CropYield> named;
    for (const auto& word : product_words) {
        all.push_back(meaning_of(word));
        if (goods.find(all.back().word) != std::string_view::npos) named.push_back(all.back());
    }
    return std::ranges::min(named.empty() ? all : named, yields_less);
}

}  // namespace shanhai::trace
