#include "vocabulary/folding.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf16.h>
#include <algorithm>
#include <stdexcept>

// Written when this was built, by cmake/embed_characters.cpp.
namespace shanhai::characters {
extern const char* const syllables[];
extern const unsigned syllables_count;
extern const unsigned short simplified_forms[];
extern const unsigned short first_readings[];
extern const unsigned short further_readings[];
extern const unsigned further_readings_count;
}  // namespace shanhai::characters

namespace shanhai {
namespace {

constexpr char16_t first_character = 0x3400;
constexpr char16_t last_character = 0x9FFF;

bool is_known(UChar32 character) { return character >= first_character && character <= last_character; }

/// Neither normal forms nor case change what is nothing but this: ASCII, and ideographs by themselves.
bool is_everyday(char16_t unit) {
    return unit < 0x80 || (unit >= first_character && unit <= 0x4DBF) || (unit >= 0x4E00 && unit <= 0x9FFF) ||
           (unit >= 0x3000 && unit <= 0x3002) || (unit >= 0x3008 && unit <= 0x3011) || unit == 0xFF0C ||
           unit == 0xFF08 || unit == 0xFF09;
}

const icu::Normalizer2& case_folding() {
    static const auto* const form = [] {
        UErrorCode status = U_ZERO_ERROR;
        const auto* made = icu::Normalizer2::getNFKCCasefoldInstance(status);
        if (U_FAILURE(status)) throw std::runtime_error{std::string{"ICU: "} + u_errorName(status)};
        return made;
    }();
    return *form;
}

icu::UnicodeString case_folded(std::string_view utf8) {
    const icu::StringPiece piece{utf8.data(), static_cast<std::int32_t>(utf8.size())};
    auto text = icu::UnicodeString::fromUTF8(piece);
    const auto* const units = text.getBuffer();
    if (std::all_of(units, units + text.length(), is_everyday)) return text;
    UErrorCode status = U_ZERO_ERROR;
    auto normal = case_folding().normalize(text, status);
    if (U_FAILURE(status)) throw std::runtime_error{std::string{"ICU: "} + u_errorName(status)};
    return normal;
}

UChar32 simplified(UChar32 character) {
    if (!is_known(character)) return character;
    return characters::simplified_forms[character - first_character];
}

UChar32 character_at(const icu::UnicodeString& text, std::int32_t place) {
    return place < text.length() ? text.char32At(place) : 0;
}

/// An apostrophe before a letter: within pinyin it parts syllables, not words ("pu'er"). Before anything else
/// it might join what only then stands side by side.
bool parts_syllables(UChar32 character, UChar32 next) {
    if (character != '\'' && character != 0x2019 && character != 0x02BC) return false;
    return (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z');
}

/// Before a mark it is a letter of some other language, which v and the mark would make another one of.
bool is_typed_as_v(UChar32 character, UChar32 next) {
    return character == 0x00FC && (U_GET_GC_MASK(next) & U_GC_M_MASK) == 0;
}

bool belongs_to_a_word(UChar32 character) {
    if (character < 0x80)
        return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
    if (is_known(character)) return true;
    return (U_GET_GC_MASK(character) & (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK)) != 0;
}

}  // namespace

std::u16string folded(std::string_view utf8) {
    const auto text = case_folded(utf8);
    std::u16string out;
    out.reserve(static_cast<std::size_t>(text.length()));
    bool separated = false;
    for (std::int32_t at = 0; at < text.length();) {
        auto character = text.char32At(at);
        at += U16_LENGTH(character);
        if (character >= 'A' && character <= 'Z') character += 'a' - 'A';
        if (is_typed_as_v(character, character_at(text, at))) character = 'v';
        if (parts_syllables(character, character_at(text, at))) continue;
        if (!belongs_to_a_word(character) || character == 0xFFFD) {
            separated = true;
            continue;
        }
        if (separated && !out.empty()) out += u' ';
        separated = false;
        character = simplified(character);
        if (U_IS_BMP(character)) {
            out += static_cast<char16_t>(character);
        } else {
            out += static_cast<char16_t>(U16_LEAD(character));
            out += static_cast<char16_t>(U16_TRAIL(character));
        }
    }
    return out;
}

std::string unfolded(std::u16string_view text) {
    std::string utf8;
    icu::UnicodeString{text.data(), static_cast<std::int32_t>(text.size())}.toUTF8String(utf8);
    return utf8;
}

std::string_view spelling(Syllable syllable) {
    return syllable < characters::syllables_count ? characters::syllables[syllable] : "";
}

SyllableRange syllables_beginning(std::string_view letters) {
    const auto* const first = characters::syllables + 1;
    const auto* const last = characters::syllables + characters::syllables_count;
    const auto begin = std::lower_bound(
        first, last, letters, [](std::string_view one, std::string_view sought) { return one < sought; });
    const auto end =
        std::find_if_not(begin, last, [letters](std::string_view one) { return one.starts_with(letters); });
    return {static_cast<Syllable>(begin - characters::syllables),
            static_cast<Syllable>(end - characters::syllables)};
}

Syllable syllable_of(std::string_view letters) {
    const auto range = syllables_beginning(letters);
    return range.first < range.last && spelling(range.first) == letters ? range.first : Syllable{0};
}

Readings::Readings(char16_t character) {
    if (!is_known(character)) return;
    all_[0] = characters::first_readings[character - first_character];
    if (all_[0] == 0) return;
    count_ = 1;
    // Pairs in the order of their characters.
    std::size_t low = 0;
    std::size_t high = characters::further_readings_count / 2;
    while (low < high) {
        const auto middle = (low + high) / 2;
        if (characters::further_readings[middle * 2] < character) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    for (; low < characters::further_readings_count / 2 && count_ < most; ++low) {
        if (characters::further_readings[low * 2] != character) break;
        all_[count_++] = characters::further_readings[low * 2 + 1];
    }
}

}  // namespace shanhai
