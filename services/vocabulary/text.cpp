#include "vocabulary/text.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>
#include <algorithm>
#include <limits>
#include <stdexcept>
#include <vector>

namespace shanhai {
namespace {

using Characters = std::vector<UChar32>;

constexpr UChar32 byte_order_mark = 0xFEFF;

/// The code points of a text; nothing when it is not UTF-8.
std::optional<Characters> decoded(std::string_view utf8) {
    if (utf8.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max())) return std::nullopt;
    Characters characters;
    characters.reserve(utf8.size());
    const auto length = static_cast<std::int32_t>(utf8.size());
    for (std::int32_t at = 0; at < length;) {
        UChar32 character = 0;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // ICU's macro narrows on purpose.
        U8_NEXT(utf8.data(), at, length, character);
#pragma GCC diagnostic pop
        if (character < 0) return std::nullopt;
        characters.push_back(character);
    }
    return characters;
}

template <class Iterator>
std::string encoded(Iterator first, Iterator last) {
    std::string utf8;
    for (; first != last; ++first) {
        char bytes[U8_MAX_LENGTH];
        std::size_t length = 0;
        U8_APPEND_UNSAFE(bytes, length, *first);
        utf8.append(bytes, length);
    }
    return utf8;
}

/// ICU makes it once; whoever comes second waits until it is made.
const icu::Normalizer2& nfc() {
    static const auto* const form = [] {
        UErrorCode status = U_ZERO_ERROR;
        const auto* made = icu::Normalizer2::getNFCInstance(status);
        if (U_FAILURE(status)) throw std::runtime_error{std::string{"ICU: "} + u_errorName(status)};
        return made;
    }();
    return *form;
}

std::string composed(std::string_view utf8) {
    UErrorCode status = U_ZERO_ERROR;
    std::string normal;
    icu::StringByteSink<std::string> sink{&normal, static_cast<std::int32_t>(utf8.size())};
    const icu::StringPiece piece{utf8.data(), static_cast<std::int32_t>(utf8.size())};
    nfc().normalizeUTF8(0, piece, sink, nullptr, status);
    if (U_FAILURE(status)) throw std::runtime_error{std::string{"ICU: "} + u_errorName(status)};
    return normal;
}

bool is_plain(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

/// Zero-width blanks and hyphens that are no white space to Unicode, but nothing to a reader either.
bool is_zero_width(UChar32 character) {
    return character == 0x00AD || character == 0x180E || character == 0x200B || character == 0x2060 ||
           character == byte_order_mark;
}

bool is_blank(UChar32 character) {
    return u_isUWhiteSpace(character) != 0 || is_zero_width(character) || character == 0x2800;
}

bool is_line_break(UChar32 character) {
    return (character >= 0x0A && character <= 0x0D) || character == 0x85 || character == 0x2028 ||
           character == 0x2029;
}

bool has(UChar32 character, UProperty property) { return u_hasBinaryProperty(character, property) != 0; }

/// Shapes what stands before it and shows nothing by itself: a joiner of letters or emoji, a variant's mark.
bool is_shaper(UChar32 character) {
    return has(character, UCHAR_JOIN_CONTROL) || has(character, UCHAR_VARIATION_SELECTOR);
}

/// Shows nothing, wherever it stands. The last two are symbols to Unicode's properties, and empty all the
/// same: a note without its head, and the place of an object that did not come along.
bool is_hidden(UChar32 character) {
    if (is_shaper(character) || has(character, UCHAR_PREPENDED_CONCATENATION_MARK)) return false;
    return has(character, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || u_charType(character) == U_FORMAT_CHAR ||
           character == 0x1D159 || character == 0xFFFC;
}

bool is_bidi_control(UChar32 character) { return u_hasBinaryProperty(character, UCHAR_BIDI_CONTROL) != 0; }

/// Planes 2 and 3, set aside for ideographs.
bool is_ideographic_plane(UChar32 character) { return character >= 0x20000 && character <= 0x3FFFF; }

bool is_assigned(UChar32 character) {
    return is_ideographic_plane(character) || u_charType(character) != U_UNASSIGNED;
}

bool is_visible(UChar32 character) {
    if (is_ideographic_plane(character)) return true;
    return u_isgraph(character) != 0 && !is_blank(character) &&
           u_hasBinaryProperty(character, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) == 0 &&
           (U_GET_GC_MASK(character) & (U_GC_M_MASK | U_GC_CF_MASK)) == 0 && !is_hidden(character);
}

/// What is wrong with a character within a text; null when nothing is.
const char* fault_of(UChar32 character) {
    if (U_IS_UNICODE_NONCHAR(character) || !is_assigned(character))
        return "must not hold characters that do not exist";
    if (u_charType(character) == U_CONTROL_CHAR) return "must not hold control characters";
    if (is_bidi_control(character)) return "must not hold marks that turn the direction of writing";
    if (character == byte_order_mark) return "must not hold a byte order mark";
    return nullptr;
}

/// The same for what people read, where `before` is the character that stands before it, or a blank.
const char* fault_for_readers(UChar32 character, UChar32 before) {
    if (const auto* fault = fault_of(character)) return fault;
    if (u_charType(character) == U_PRIVATE_USE_CHAR)
        return "must not hold characters that every device shows differently";
    if (is_hidden(character)) return "must not hold characters that cannot be seen";
    // A variant may be joined to the next emoji; nothing else follows a joiner or a variant's mark unseen.
    const bool joins_variant = has(character, UCHAR_JOIN_CONTROL) && has(before, UCHAR_VARIATION_SELECTOR);
    if (is_shaper(character) && !joins_variant && (is_blank(before) || is_shaper(before)))
        return "must not hold joiners or variants of nothing";
    return nullptr;
}

/// How many tags follow a black flag to make it that of a region (UTS #51), their end among them: 0 when
/// they make none.
std::ptrdiff_t tags_of_flag(Characters::const_iterator flag, Characters::const_iterator end) {
    constexpr UChar32 black_flag = 0x1F3F4;
    constexpr UChar32 end_of_tags = 0xE007F;
    constexpr std::ptrdiff_t region_size_max = 6;
    if (*flag != black_flag) return 0;
    const auto first = std::next(flag);
    const auto last = std::find_if_not(first, end, [](UChar32 one) {
        return (one >= 0xE0030 && one <= 0xE0039) || (one >= 0xE0061 && one <= 0xE007A);
    });
    const auto size = std::distance(first, last);
    return last != end && *last == end_of_tags && size > 0 && size <= region_size_max ? size + 1 : 0;
}

std::string between(std::size_t min, std::size_t max) {
    if (min == max) return "must be exactly " + std::to_string(min) + " characters";
    return "must be " + std::to_string(min) + " to " + std::to_string(max) + " characters";
}

void trim(Characters& text) {
    const auto last = std::find_if_not(text.rbegin(), text.rend(), is_blank).base();
    text.erase(last, text.end());
    text.erase(text.begin(), std::find_if_not(text.begin(), text.end(), is_blank));
}

/// Each run of blanks that holds a line break becomes one blank.
void join_lines(Characters& text) {
    Characters joined;
    for (auto at = text.begin(); at != text.end();) {
        const auto run = std::find_if_not(at, text.end(), is_blank);
        if (std::any_of(at, run, is_line_break)) {
            joined.push_back(' ');
        } else {
            joined.insert(joined.end(), at, run);
        }
        const auto next = std::find_if(run, text.end(), is_blank);
        joined.insert(joined.end(), run, next);
        at = next;
    }
    text = std::move(joined);
}

/// Brings the text into its stored form, normal form C apart.
void clean(Characters& text, Lines lines) {
    trim(text);
    if (lines == Lines::joined) join_lines(text);
    std::erase_if(text, [](UChar32 one) { return is_zero_width(one) && one != byte_order_mark; });
    std::ranges::replace(text, UChar32{'\t'}, UChar32{' '});  // Spreadsheets put it between cells.
}

Result<Done> check(const Characters& text, std::size_t min, std::size_t max, Lines lines) {
    if (text.empty() && min > 0) return invalid_field("", "must not be empty or blank");
    UChar32 before = ' ';
    for (auto at = text.begin(); at != text.end(); ++at) {
        if (lines == Lines::one && is_line_break(*at)) return invalid_field("", "must be one line");
        if (const auto* fault = fault_for_readers(*at, before)) return invalid_field("", fault);
        before = *at;
        at += tags_of_flag(at, text.end());
    }
    if (!text.empty() && std::ranges::none_of(text, is_visible))
        return invalid_field("", "must hold something that can be seen");
    if (text.size() < min || text.size() > max) return invalid_field("", between(min, max));
    return Done{};
}

/// The characters of a text that is in its stored form as it stands, because it is nothing but visible ASCII,
/// blanks between it, and ideographs (U+4E00 to U+9FFF), which no normal form changes: nearly every text
/// there is. Nothing for any other.
std::optional<std::size_t> everyday_characters(std::string_view utf8) {
    if (utf8.empty() || utf8.front() == ' ' || utf8.back() == ' ') return std::nullopt;
    std::size_t count = 0;
    for (std::size_t at = 0; at < utf8.size(); ++count) {
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(utf8[at + i]); };
        if (byte(0) >= ' ' && byte(0) <= '~') {
            ++at;
            continue;
        }
        if (utf8.size() - at < 3) return std::nullopt;
        const bool followed = (byte(1) & 0xC0U) == 0x80 && (byte(2) & 0xC0U) == 0x80;
        const bool ideograph = byte(0) == 0xE4 ? byte(1) >= 0xB8 : byte(0) >= 0xE5 && byte(0) <= 0xE9;
        if (!followed || !ideograph) return std::nullopt;
        at += 3;
    }
    return count;
}

Error not_utf8() { return invalid_field("", "must be UTF-8"); }

/// What ASCII has for a character of a number: its digit, its punctuation, a blank.
UChar32 plain_of(UChar32 character) {
    if (u_charType(character) == U_DECIMAL_DIGIT_NUMBER) return '0' + u_charDigitValue(character);
    if (character >= 0xFF01 && character <= 0xFF5E) return character - 0xFEE0;  // Full-width ASCII.
    if (is_blank(character)) return ' ';
    if (u_hasBinaryProperty(character, UCHAR_DASH) != 0) return '-';
    return character;
}

}  // namespace

bool is_utf8(std::string_view bytes) {
    unsigned seen = 0;  // No branch a byte: nearly everything is ASCII to its end.
    for (const char c : bytes) seen |= static_cast<unsigned char>(c);
    return seen < 0x80 || decoded(bytes).has_value();
}

std::size_t characters_in(std::string_view utf8) {
    return static_cast<std::size_t>(
        std::ranges::count_if(utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

Result<std::string> human_text(std::string_view utf8, std::size_t min, std::size_t max, Lines lines) {
    if (const auto count = everyday_characters(utf8)) {
        if (*count < min || *count > max) return invalid_field("", between(min, max));
        return std::string{utf8};
    }
    auto characters = decoded(utf8);
    if (!characters) return not_utf8();
    clean(*characters, lines);
    if (const auto sound = check(*characters, 0, std::numeric_limits<std::size_t>::max(), lines); !sound)
        return sound.error();
    auto text = encoded(characters->begin(), characters->end());
    if (!is_plain(text)) {
        text = composed(text);
        characters = decoded(text);
    }
    if (const auto fits = check(*characters, min, max, lines); !fits) return fits.error();
    return text;
}

Result<std::string> secret_text(std::string_view utf8, std::size_t min, std::size_t max) {
    if (!is_utf8(utf8)) return not_utf8();
    auto text = is_plain(utf8) ? std::string{utf8} : composed(utf8);
    const auto characters = decoded(text);
    for (const auto character : *characters) {
        if (const auto* fault = fault_of(character)) return invalid_field("", fault);
    }
    if (characters->size() < min || characters->size() > max) return invalid_field("", between(min, max));
    return text;
}

std::optional<std::string> pasted_number(std::string_view utf8) {
    auto characters = decoded(utf8);
    if (!characters) return std::nullopt;
    std::erase_if(*characters, [](UChar32 one) { return is_bidi_control(one) || is_zero_width(one); });
    std::ranges::transform(*characters, characters->begin(), plain_of);
    trim(*characters);
    return encoded(characters->begin(), characters->end());
}

}  // namespace shanhai
