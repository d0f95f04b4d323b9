#include "identity/domain/password_policy.hpp"

#include "identity/domain/common_passwords.hpp"
#include "vocabulary/text.hpp"

#include <zxcvbn.h>
#include <algorithm>
#include <array>
#include <functional>
#include <numeric>
#include <vector>

namespace shanhai::identity {
namespace {

using Characters = std::vector<char32_t>;

constexpr std::size_t run_min = 3;
constexpr std::array<std::string_view, 2> platform_names{"shanhai", "山海"};

/// Of UTF-8 that has been checked.
Characters characters_of(std::string_view utf8) {
    Characters characters;
    for (const char byte : utf8) {
        const auto bits = static_cast<unsigned char>(byte);
        if ((bits & 0xC0U) == 0x80U) {
            characters.back() = characters.back() << 6U | (bits & 0x3FU);
        } else {
            const unsigned char mask = bits < 0x80U   ? 0x7FU
                                       : bits < 0xE0U ? 0x1FU
                                       : bits < 0xF0U ? 0x0FU
                                                      : 0x07U;
            characters.push_back(bits & mask);
        }
    }
    return characters;
}

char32_t lowered(char32_t c) {
    if (c >= U'Ａ' && c <= U'Ｚ') c = c - U'Ａ' + U'A';  // Full width is no other letter to who guesses.
    if (c >= U'ａ' && c <= U'ｚ') c = c - U'ａ' + U'a';
    if (c >= U'０' && c <= U'９') c = c - U'０' + U'0';
    return c >= U'A' && c <= U'Z' ? c - U'A' + U'a' : c;
}

/// The letter that a digit or sign is written for in "p4$$w0rd".
char32_t plain(char32_t c) {
    constexpr std::u32string_view written = U"@4831!0$57+";
    constexpr std::u32string_view meant = U"aabeiiosstt";
    const auto at = written.find(c);
    return at == std::u32string_view::npos ? c : meant[at];
}

/// Where a key lies, in quarters of its width, so that rows may be shifted; none for what is not on a
/// keyboard.
struct Key {
    int row = -1;
    int place = 0;
};

Key key_of(char32_t c) {
    constexpr std::array<std::u32string_view, 4> rows{U"`1234567890-=", U"qwertyuiop[]\\", U"asdfghjkl;'",
                                                      U"zxcvbnm,./"};
    constexpr std::array<std::u32string_view, 4> shifted{U"~!@#$%^&*()_+", U"QWERTYUIOP{}|", U"ASDFGHJKL:\"",
                                                         U"ZXCVBNM<>?"};
    constexpr std::array<int, 4> starts{0, 6, 7, 9};
    for (std::size_t row = 0; row < rows.size(); ++row) {
        auto at = rows[row].find(c);
        if (at == std::u32string_view::npos) at = shifted[row].find(c);
        if (at != std::u32string_view::npos)
            return {static_cast<int>(row), starts[row] + 4 * static_cast<int>(at)};
    }
    return {};
}

bool beside(char32_t left, char32_t right) {
    if (left == right || left + 1 == right || right + 1 == left) return true;
    const auto a = key_of(left);
    const auto b = key_of(right);
    if (a.row < 0 || b.row < 0) return false;
    const int across = std::abs(a.place - b.place);
    return a.row == b.row ? across <= 4 : std::abs(a.row - b.row) == 1 && across <= 4;
}

/// How far a run goes from `at`; 0 unless it is one.
std::size_t run_at(const Characters& text, std::size_t at) {
    auto end = at + 1;
    while (end < text.size() && beside(text[end - 1], text[end])) ++end;
    return end - at >= run_min ? end - at : 0;
}

/// Common words in characters, the longest first.
const std::vector<Characters>& words() {
    static const auto all = [] {
        std::vector<Characters> made;
        for (const auto word : common_words()) made.push_back(characters_of(word));
        std::ranges::stable_sort(made, std::greater{}, &Characters::size);
        return made;
    }();
    return all;
}

bool spells(const Characters& text, std::size_t at, const Characters& word, bool as_meant) {
    if (at + word.size() > text.size()) return false;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const auto c = as_meant ? plain(text[at + i]) : text[at + i];
        if (c != word[i]) return false;
    }
    return true;
}

std::size_t word_at(const Characters& text, std::size_t at) {
    for (const auto& word : words()) {
        if (spells(text, at, word, false) || spells(text, at, word, true)) return word.size();
    }
    return 0;
}

/// 19xx and 20xx, with month and day behind them or not.
std::size_t date_at(const Characters& text, std::size_t at) {
    const auto digit = [&](std::size_t i) {
        return at + i < text.size() && text[at + i] >= U'0' && text[at + i] <= U'9';
    };
    if (!digit(0) || !digit(1) || !digit(2) || !digit(3)) return 0;
    const bool century =
        (text[at] == U'1' && text[at + 1] == U'9') || (text[at] == U'2' && text[at + 1] == U'0');
    if (!century) return 0;
    return digit(4) && digit(5) && digit(6) && digit(7) ? 8 : 4;
}

/// The fewest parts that the text falls into.
std::size_t fewest_parts(const Characters& text) {
    std::vector<std::size_t> parts(text.size() + 1);
    for (std::size_t at = text.size(); at-- > 0;) {
        parts[at] = parts[at + 1] + 1;
        for (const auto size : {run_at(text, at), word_at(text, at), date_at(text, at)}) {
            if (size > 0) parts[at] = std::min(parts[at], parts[at + size] + 1);
        }
    }
    return parts.front();
}

/// The length of what the text repeats from its start to its end; the whole length when nothing is repeated.
std::size_t period_of(const Characters& text) {
    for (std::size_t period = 1; period <= text.size() / 2; ++period) {
        bool repeats = true;
        for (std::size_t i = period; i < text.size() && repeats; ++i) repeats = text[i] == text[i - period];
        if (repeats) return period;
    }
    return text.size();
}

Characters every_second(const Characters& text, std::size_t from) {
    Characters half;
    for (auto i = from; i < text.size(); i += 2) half.push_back(text[i]);
    return half;
}

std::size_t parts_of(const Characters& text) {
    const auto period = period_of(text);
    if (period < text.size()) {
        return fewest_parts({text.begin(), text.begin() + static_cast<std::ptrdiff_t>(period)}) + 1;
    }
    // Two runs may be woven into each other: a1b2c3d4e5f6.
    const auto woven = fewest_parts(every_second(text, 0)) + fewest_parts(every_second(text, 1));
    return std::min(fewest_parts(text), woven);
}

std::string lowered_text(std::string_view text) {
    std::string low{text};
    std::ranges::transform(
        low, low.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return low;
}

bool holds_name(const std::string& low, const Login& login) {
    const auto& name = login.text();
    const auto person = name.substr(0, name.find('@'));
    if (low.find(name) != std::string::npos) return true;
    if (person.size() >= 3 && low.find(person) != std::string::npos) return true;
    return std::ranges::any_of(platform_names,
                               [&](std::string_view one) { return low.find(one) != std::string::npos; });
}

}  // namespace

double guessing_bits(const std::string& password, const std::string& login) {
    std::array<const char*, 4> own{login.c_str(), "shanhai", "correcthorsebatterystaple", nullptr};
    return ZxcvbnMatch(password.c_str(), own.data(), nullptr);
}

std::size_t guessable_parts(std::string_view password) {
    auto text = characters_of(password);
    if (text.empty()) return 0;
    const auto typed = parts_of(text);
    std::ranges::transform(text, text.begin(), lowered);
    return std::min(typed, parts_of(text));
}

Result<NewPassword> NewPassword::choose(std::string_view text, const Login& login,
                                        const std::string& pointer) {
    auto secret = secret_text(text, password_size_min, password_size_max);
    if (!secret) return invalid_field(pointer, secret.error().message());
    if (holds_name(lowered_text(*secret), login)) {
        return invalid_field(pointer, "holds the login or the platform's name, which are guessed first");
    }
    const bool few = guessable_parts(*secret) < password_parts_min;
    if (few || guessing_bits(*secret, login.text()) < password_bits_min) {
        return invalid_field(
            pointer, "is among the passwords that are guessed first: common words, years, runs, repetitions");
    }
    return NewPassword{std::move(*secret)};
}

}  // namespace shanhai::identity
