#include "chassis/files/file.hpp"
#include "chassis/files/picture_process.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace shanhai::files {
namespace {

using namespace std::string_literals;

TEST(KindOf, GoesByTheMarksAndNotByWhatItIsCalled) {
    EXPECT_EQ(kind_of("\x89PNG\r\n\x1a\n…"), MediaType::png);
    EXPECT_EQ(kind_of("\xff\xd8\xff\xe0…"), MediaType::jpeg);
    EXPECT_EQ(kind_of("RIFF\x10\0\0\0WEBPVP8 "s), MediaType::webp);
    EXPECT_EQ(kind_of("%PDF-1.7\n…\n%%EOF\n"), MediaType::pdf);
}

TEST(KindOf, TakesNothingElse) {
    for (const auto& other : {""s, "GIF89a"s, "RIFF\x10\0\0\0AVI LIST"s, "RIFF"s, "<svg/>"s, "%PDF-1.7"s,
                              "MZ"s, "%PDF-1.7 %%EOF"s + std::string(5000, ' ')}) {
        EXPECT_EQ(kind_of(other), std::nullopt) << other.substr(0, 20);
    }
}

TEST(FormsIn, ReadsOneAfterTheOther) {
    const auto forms = forms_in("full.jpg image/jpeg 30 20 3\nabc800.webp image/webp 8 5 2\n\n\n");
    ASSERT_TRUE(forms);
    ASSERT_EQ(forms->size(), 2);
    EXPECT_EQ(forms->at(0).form.name, "full.jpg");
    EXPECT_EQ(forms->at(0).form.width, 30);
    EXPECT_EQ(forms->at(0).bytes, "abc");
    EXPECT_EQ(forms->at(1).form.media_type, "image/webp");
    EXPECT_EQ(forms->at(1).bytes, "\n\n");
}

TEST(FormsIn, TakesNothingThatBreaksOff) {
    const auto whole = "full.jpg image/jpeg 30 20 3\nabc"s;
    for (std::size_t length = 0; length < whole.size(); ++length) {
        EXPECT_FALSE(forms_in(whole.substr(0, length))) << length;
    }
    EXPECT_FALSE(forms_in("full.jpg image/jpeg 30 0 3\nabc")) << "no height";
    EXPECT_FALSE(forms_in("full.jpg image/jpeg 30 20 -3\nabc"));
    EXPECT_FALSE(forms_in("full.jpg image/jpeg 30 20 99999999999999999999\nabc"));
    EXPECT_FALSE(forms_in(whole + "rest"));
}

TEST(FormsIn, ReadsWhateverAProcessMayWrite) {
    EXPECT_TRUE(rc::check("nothing is read past the end", [](const std::string& output) {
        const auto forms = forms_in(output);
        if (!forms) return;
        std::size_t bytes = 0;
        for (const auto& made : *forms) bytes += made.bytes.size();
        RC_ASSERT(bytes < output.size());
    }));
}

TEST(MeaningOf, SaysSomethingOfEveryRefusal) {
    EXPECT_NE(meaning_of("digest-differs"), meaning_of("another"));
    EXPECT_FALSE(meaning_of("another").empty());
}

}  // namespace
}  // namespace shanhai::files
