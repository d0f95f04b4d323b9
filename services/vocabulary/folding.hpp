#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace shanhai {

/// A text as it is searched in, in UTF-16: letters in one case and width, Chinese characters simplified, ü as
/// v (which is how it is typed), no apostrophe before a letter ("pu'er"), and one blank for each run of what
/// is neither letter nor digit, none at either end. Folding twice is folding once. Bytes that are not UTF-8
/// separate.
std::u16string folded(std::string_view utf8);

/// The same text in UTF-8.
std::string unfolded(std::u16string_view text);

/// A syllable of pinyin without its tone. They are numbered in the order of their letters, from 1.
using Syllable = unsigned short;

/// How it is written: "ruo", "lv".
std::string_view spelling(Syllable syllable);

/// The syllables whose spelling begins so: [first, last).
struct SyllableRange {
    Syllable first = 0;
    Syllable last = 0;
};
SyllableRange syllables_beginning(std::string_view letters);
/// The syllable that is spelled so; 0 for letters that are none.
Syllable syllable_of(std::string_view letters);

/// How a character may be read: as ICU reads it, and for some characters in other ways, too. Letters and
/// digits of ASCII, and what nobody reads, have none.
class Readings {
public:
    explicit Readings(char16_t character);

    const Syllable* begin() const { return all_; }
    const Syllable* end() const { return all_ + count_; }

private:
    static constexpr std::size_t most = 6;

    Syllable all_[most]{};
    std::size_t count_ = 0;
};

}  // namespace shanhai
