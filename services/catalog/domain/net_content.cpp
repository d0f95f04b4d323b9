#include "catalog/domain/net_content.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

namespace shanhai::catalog {
namespace {

constexpr std::size_t digits_max = 6;
constexpr std::int64_t thousandths = 1000;

struct Unit {
    std::string_view name;
    std::int64_t grams;
};
/// Those that hold another one's name come before it.
constexpr std::array units{Unit{"千克", 1000}, Unit{"公斤", 1000}, Unit{"kg", 1000}, Unit{"KG", 1000},
                           Unit{"Kg", 1000},   Unit{"克", 1},      Unit{"斤", 500},  Unit{"两", 50},
                           Unit{"g", 1},       Unit{"G", 1}};
constexpr std::array<std::string_view, 5> times{"×", "x", "X", "*", "✕"};
/// With one of these beside it a weight is not the whole pack's, or not exactly.
constexpr std::array<std::string_view, 30> vague{
    "约", "左右", "以上", "以下", "以内", "起", "余", "毛重", "+",  "＋", "/",  "／", "-",  "~",  "至",
    "每", "整箱", "半",   "一",   "二",   "两", "三", "四",   "五", "六", "七", "八", "九", "十", "双"};

bool digit(char c) { return c >= '0' && c <= '9'; }
bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Reads a name from its front to its end.
class Reader {
public:
    explicit Reader(std::string_view text) : rest_{text} {}

    bool done() const { return rest_.empty(); }
    std::string_view rest() const { return rest_; }
    bool at_digit() const { return !rest_.empty() && digit(rest_.front()); }
    void step() { rest_.remove_prefix(1); }
    void skip_blanks() {
        while (rest_.starts_with(' ')) step();
    }

    /// Takes the first of these that comes next.
    template <class Words>
    bool take(const Words& words) {
        const auto found =
            std::ranges::find_if(words, [this](std::string_view word) { return rest_.starts_with(word); });
        if (found == words.end()) return false;
        rest_.remove_prefix(found->size());
        return true;
    }

    /// A number in thousandths; nothing for one that is too long to be of a pack.
    std::optional<std::int64_t> number() {
        std::int64_t value = 0;
        std::size_t digits = 0;
        for (; at_digit(); step(), ++digits)
            value = digits < digits_max ? value * 10 + (rest_.front() - '0') : 0;
        if (digits == 0 || digits > digits_max) return std::nullopt;
        value *= thousandths;
        if (rest_.size() < 2 || rest_[0] != '.' || !digit(rest_[1])) return value;
        step();
        auto part = thousandths;
        for (; at_digit(); step()) {
            if (part == 1) return std::nullopt;  // Finer than we count.
            part /= 10;
            value += (rest_.front() - '0') * part;
        }
        return value;
    }

    /// What a unit weighs, if one comes next and is not the beginning of a word.
    std::optional<std::int64_t> unit() {
        for (const auto& one : units) {
            if (!rest_.starts_with(one.name)) continue;
            const auto after = rest_.substr(one.name.size());
            if (letter(one.name.back()) && !after.empty() && letter(after.front()) && after.front() != 'x' &&
                after.front() != 'X') {
                return std::nullopt;
            }
            rest_ = after;
            return one.grams;
        }
        return std::nullopt;
    }

private:
    std::string_view rest_;
};

/// The numbers of a name: at most one weight, and how often it is there.
struct Told {
    std::optional<std::int64_t> thousandths_of_gram;
    std::int64_t count = 1;
    bool counted = false;
};

/// Takes the number at which the reader stands; false when it makes the name ambiguous.
bool take_number(Reader& reader, Told& told, bool after_times) {
    const auto value = reader.number();
    if (!value) return false;
    reader.skip_blanks();
    if (const auto grams = reader.unit()) {
        if (told.thousandths_of_gram) return false;
        told.thousandths_of_gram = *value * *grams;
        return true;
    }
    const bool before_times =
        std::ranges::any_of(times, [&](std::string_view word) { return reader.rest().starts_with(word); });
    if (told.counted || !(after_times || before_times) || *value % thousandths != 0) return false;
    told.count = *value / thousandths;
    told.counted = true;
    return told.count > 0;
}

bool says_vague(std::string_view text) {
    return std::ranges::any_of(
        vague, [text](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

}  // namespace

std::optional<Gram> weight_told(std::string_view name) {
    Reader reader{name};
    Told told;
    std::string words;  // What is neither number, unit nor multiplication.
    bool after_times = false;
    while (!reader.done()) {
        if (reader.at_digit()) {
            if (!take_number(reader, told, after_times)) return std::nullopt;
            after_times = false;
        } else if (reader.take(times)) {
            after_times = true;
        } else {
            if (reader.rest().front() != ' ') after_times = false;
            words += reader.rest().front();
            reader.step();
        }
    }
    if (!told.thousandths_of_gram || says_vague(words)) return std::nullopt;
    const auto all = *told.thousandths_of_gram * told.count;
    if (all <= 0 || all % thousandths != 0) return std::nullopt;
    return Gram{all / thousandths};
}

}  // namespace shanhai::catalog
