#include "orders/domain/receiver.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>
#include <vector>

namespace shanhai::orders {
namespace {

constexpr std::string_view hidden = "***";

using Characters = std::vector<std::string_view>;

/// The characters (code points) of a UTF-8 text.
Characters characters(std::string_view text) {
    Characters found;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at + 1;
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
        found.push_back(text.substr(at, end - at));
        at = end;
    }
    return found;
}

std::string joined(std::span<const std::string_view> text) {
    std::string whole;
    for (const auto character : text) whole += character;
    return whole;
}

bool is_one_of(std::string_view character, std::span<const std::string_view> set) {
    return std::ranges::find(set, character) != set.end();
}

/// CJK ideographs begin with these bytes in UTF-8 (U+3400 to U+9FFF, and planes 2 and 3).
bool is_ideograph(std::string_view character) {
    const auto lead = static_cast<unsigned char>(character.front());
    return (character.size() == 3 && lead >= 0xE3 && lead <= 0xE9 && character > "\u33ff") || lead == 0xF0;
}

/// A letter or digit in full width (U+FF10 to U+FF5A).
bool is_full_width(std::string_view character) { return character >= "\uff10" && character <= "\uff5a"; }

bool is_unit_number(std::string_view character) {
    static constexpr std::array<std::string_view, 19> chinese{"〇", "零", "一", "二", "三", "四", "五",
                                                              "六", "七", "八", "九", "十", "百", "甲",
                                                              "乙", "丙", "丁", "－", "＃"};
    if (character.size() == 1)
        return std::isalnum(static_cast<unsigned char>(character[0])) != 0 || character == "-" ||
               character == "#";
    return is_full_width(character) || is_one_of(character, chinese);
}

/// Where a run of digits or letters directly before `end` begins.
std::size_t run_start(const Characters& text, std::size_t end) {
    while (end > 0 && is_unit_number(text[end - 1])) --end;
    return end;
}

bool is_blank_or_comma(std::string_view character) {
    static constexpr std::array<std::string_view, 8> separators{" ", ",", "，", "、", ";", "；", "。", "　"};
    return is_one_of(character, separators);
}

/// 号: the number before it is that of a house in its street, or of a building in its lane.
bool is_house(std::string_view character) { return character == "号" || character == "號"; }

/// Whether the character at `at` says that the number before it names a building, a unit or a room. In a
/// lane (弄, 巷) the house number names the building.
bool names_unit(const Characters& text, std::size_t at, std::size_t number_start) {
    static constexpr std::array<std::string_view, 14> words{"栋", "棟", "幢", "座", "室", "层", "層",
                                                            "楼", "樓", "房", "户", "戶", "门", "門"};
    const auto next = at + 1 < text.size() ? text[at + 1] : std::string_view{};
    if (is_house(text[at])) {
        const auto before = number_start > 0 ? text[number_start - 1] : std::string_view{};
        return next == "楼" || next == "樓" || before == "弄" || before == "巷";
    }
    const bool single = text[at] == "单" || text[at] == "單";
    return (single && next == "元") || is_one_of(text[at], words);
}

struct Unit {
    std::size_t start;  ///< text.size() when there is none.
    std::size_t end;    ///< Behind the word that names it.
};

/// The first number from `from` on that names a building, unit or room, or that stands anywhere behind the
/// number of the house ("6258号 / 3 / 502"); else the number at the very end.
Unit find_unit(const Characters& text, std::size_t from) {
    bool in_house = false;
    for (auto i = from + 1; i < text.size(); ++i) {
        auto end = i;
        while (end > from && text[end - 1] == " ") --end;  // "502 室"
        const auto start = run_start(text, end);
        const bool number = start < end && start >= from;
        if (number && names_unit(text, i, start)) return {start, i + 1};
        if (number && in_house && !is_unit_number(text[i])) return {start, i};
        in_house = in_house || (number && is_house(text[i]));
    }
    return {std::max(from, run_start(text, text.size())), text.size()};
}

/// From coarse to fine, as addresses are written in Chinese: all from the first unit on is hidden. One that
/// begins with its unit ("502室, 沪闵路6258号") was written the other way round: there its first parts are.
std::string masked_ideographic(const Characters& text, bool hidden_already) {
    auto unit = find_unit(text, 0);
    if (unit.start == text.size() && hidden_already) return joined(text);
    if (unit.start == text.size()) unit.start = text.size() * 3 / 5;
    if (unit.start > 0) return joined(std::span{text}.first(unit.start)) + std::string{hidden};
    auto end = unit.end;
    while (unit.start < text.size() && unit.end < text.size()) {
        end = unit.end;
        unit = find_unit(text, end);
    }
    while (end < text.size() && !is_blank_or_comma(text[end])) ++end;
    return std::string{hidden} + joined(std::span{text}.subspan(end));
}

struct Word {
    std::string_view text;  ///< With the commas and blanks behind it.
    std::string_view core;  ///< Without.
    bool fine = false;      ///< Of the building, unit or room.
};

std::vector<Word> words_of(std::string_view text) {
    constexpr std::string_view separators = " ,;/";
    std::vector<Word> words;
    while (!text.empty()) {
        const auto core = std::min(text.find_first_of(separators), text.size());
        const auto end = std::min(text.find_first_not_of(separators, core), text.size());
        words.push_back({text.substr(0, end), text.substr(0, core)});
        text.remove_prefix(end);
    }
    return words;
}

bool has_digit(std::string_view word) {
    return std::ranges::any_of(word, [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; });
}

/// "Room", "Bldg.", "No" …, and the pinyin of 室, 栋, 单元 …
bool names_unit(std::string_view word) {
    static constexpr std::array<std::string_view, 45> names{
        "room",  "rm",       "unit",     "apt",   "apartment", "suite",    "ste",   "flat",   "floor",
        "fl",    "f",        "storey",   "story", "level",     "lvl",      "house", "door",   "gate",
        "stair", "entrance", "building", "bldg",  "block",     "blk",      "tower", "no",     "number",
        "lane",  "alley",    "box",      "shi",   "dong",      "danyuan",  "hao",   "haolou", "lou",
        "ceng",  "zuo",      "zhuang",   "nong",  "кв",        "квартира", "дом",   "корпус", "этаж"};
    std::string lower{word};
    std::ranges::transform(lower, lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
    while (lower.ends_with('.') || lower.ends_with('#')) lower.pop_back();
    return is_one_of(lower, names);
}

/// A name such as the A of "Tower A": short, or with a digit. What holds ideographs is read as such.
bool is_unit_name(std::string_view word) {
    return (word.size() <= 2 || has_digit(word)) && !std::ranges::any_of(characters(word), is_ideograph);
}

/// Marks every word with a digit, and every unit word beside one or beside a short name.
void mark_fine(std::vector<Word>& words) {
    for (auto& word : words) word.fine = is_unit_name(word.core) && has_digit(word.core);
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!names_unit(words[i].core)) continue;
        const bool before = i > 0 && words[i - 1].fine;
        const bool after = i + 1 < words.size() && is_unit_name(words[i + 1].core);
        if (after && words[i].text.size() > words[i].core.size()) words[i + 1].fine = true;
        words[i].fine = before || after;
    }
    const bool any = std::ranges::any_of(words, &Word::fine);
    for (std::size_t i = 0; !any && i < (words.size() * 2 + 4) / 5; ++i) words[i].fine = true;
}

/// In scripts that write words apart, most often from fine to coarse: what is fine is hidden where it stands.
std::string masked_words(std::string_view address) {
    auto words = words_of(address);
    mark_fine(words);
    std::string masked;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!words[i].fine) {
            masked += words[i].text;
        } else if (i + 1 == words.size() || !words[i + 1].fine) {
            masked += hidden;
            masked += words[i].text.substr(words[i].core.size());
        }
    }
    return masked;
}

/// Whether some word names a unit as English does ("Room 502, 沪闵路6258号").
bool has_unit_word(std::string_view address) {
    const auto words = words_of(address);
    return std::ranges::any_of(words, [](const Word& word) { return names_unit(word.core); });
}

}  // namespace

std::string masked_name(std::string_view name) {
    const auto parts = characters(name);
    return parts.empty() ? "*" : std::string{parts.front()} + "*";
}

std::string masked_address(std::string_view address) {
    const auto text = characters(address);
    if (!std::ranges::any_of(text, is_ideograph)) return masked_words(address);
    if (!has_unit_word(address)) return masked_ideographic(text, false);
    const auto rest = masked_words(address);
    return masked_ideographic(characters(rest), true);
}

}  // namespace shanhai::orders
