#include "fuzz/corpus.hpp"
#include "fuzz/targets.hpp"

#include <gtest/gtest.h>

namespace shanhai::fuzz {
namespace {

class Corpus : public ::testing::TestWithParam<Target> {};

TEST_P(Corpus, HoldsNothingThatBreaksIt) {
    const auto texts = corpus_of(GetParam().name);
    ASSERT_GE(texts.size(), 8U);
    for (const auto& text : texts) ASSERT_EQ(GetParam().check(text), "") << text;
}

TEST_P(Corpus, HasNoNeighboursThatBreakIt) {
    const auto texts = corpus_of(GetParam().name);
    std::mt19937_64 random{20261126};
    for (int round = 0; round < 10'000; ++round) {
        const auto text = mutated(texts[random() % texts.size()], texts, random);
        ASSERT_EQ(GetParam().check(text), "") << "round " << round << ": " << text;
    }
}

INSTANTIATE_TEST_SUITE_P(Of, Corpus, ::testing::ValuesIn(targets),
                         [](const auto& of) { return std::string{of.param.name}; });

}  // namespace
}  // namespace shanhai::fuzz
