#pragma once

#include "catalog/domain/search/postings.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shanhai::catalog::search {

/// How letters spell a text, worst first.
enum class Spelled : std::uint8_t {
    no,
    partly,    ///< Syllables and initials mixed, or the last syllable not to its end: "rzhu", "ruozh".
    initials,  ///< Each character by its first letter, or zh, ch, sh: "rz".
    wholly,    ///< Each character by its whole syllable: "ruozhu".
};

/// A word of letters only, as one types pinyin.
class SpelledWord {
public:
    static constexpr std::size_t length_max = 60;

    /// Nothing for a word with anything but the letters a to z, or a longer one.
    static std::optional<SpelledWord> of(std::u16string_view word);

    /// One letter stands in nearly every text: it means what begins so.
    bool of_one_letter() const { return letters_.size() == 1; }

    struct Match {
        Spelled how = Spelled::no;
        bool to_the_end = false;  ///< Of the text, or of its first word.
    };
    /// What it spells of a folded text from there on; blanks do not count.
    Match at(std::u16string_view text, std::size_t begin) const;
    /// The best that it spells anywhere in the text.
    Spelled within(std::u16string_view text) const;

    /// Those in which it may spell something, of add_spellings' postings; with `partly` also those where it
    /// ends amid a syllable.
    Slots candidates(const Postings& spellings, bool partly) const;

private:
    explicit SpelledWord(std::string letters) : letters_{std::move(letters)} {}

    std::string letters_;
};

/// For each character how it is read, with the first letter of what follows.
void add_spellings(std::u16string_view text, Slot slot, std::vector<Postings::Pair>& spellings);

}  // namespace shanhai::catalog::search
