#include "fuzz/request_reader_check.hpp"

#include "fuzz/corpus.hpp"

#include <gtest/gtest.h>

namespace shanhai::fuzz {
namespace {

TEST(RequestReaderFuzz, ReadsTheCorpusAlikeHoweverItIsSplit) {
    const auto texts = corpus_of("request_reader");
    ASSERT_GE(texts.size(), 20U);
    for (const auto& text : texts) {
        for (std::uint64_t splits = 0; splits < 70; ++splits) {
            ASSERT_EQ(fault_of_reading(text, splits), "") << splits << ": " << text;
        }
    }
}

}  // namespace
}  // namespace shanhai::fuzz
