#include "catalog/domain/search/spelling.hpp"

#include "vocabulary/folding.hpp"

#include <algorithm>
#include <array>

namespace shanhai::catalog::search {
namespace {

/// Letters and digits within a text read as themselves; they are counted behind all syllables.
constexpr Postings::Key plain_letter = 0x1000;

bool is_letter_or_digit(char16_t unit) {
    return (unit >= u'a' && unit <= u'z') || (unit >= u'0' && unit <= u'9');
}

/// "zh" of "zhu", "r" of "ruo".
std::size_t long_initial(std::string_view syllable) {
    return syllable.size() > 2 && syllable[1] == 'h' ? 2 : 1;
}

/// How far the letters are spelled, as a set of places: bit n: the first n letters.
struct Reached {
    std::uint64_t wholly = 0;
    std::uint64_t initials = 0;
    std::uint64_t partly = 0;

    std::uint64_t any() const { return wholly | initials | partly; }
};

class Step {
public:
    Step(std::string_view letters, const Reached& before) : letters_{letters}, before_{before} {}

    void take(char16_t unit) {
        if (is_letter_or_digit(unit)) return take_letter(static_cast<char>(unit));
        for (const auto syllable : Readings{unit}) take(spelling(syllable));
    }

    Reached after;
    bool ends_within = false;  ///< The letters end amid a syllable of this character.

private:
    void take(std::string_view syllable) {
        for (auto places = before_.any(); places != 0; places &= places - 1) {
            const auto place = static_cast<std::size_t>(std::countr_zero(places));
            const auto rest = letters_.substr(place);
            if (rest.empty() || rest[0] != syllable[0]) continue;
            if (rest.starts_with(syllable)) advance(place, syllable.size(), true, syllable.size() == 1);
            if (rest.size() < syllable.size() && syllable.starts_with(rest)) ends_within = true;
            if (syllable.size() > 1) advance(place, 1, false, true);
            const auto initial = long_initial(syllable);
            if (initial == 2 && rest.starts_with(syllable.substr(0, 2))) advance(place, 2, false, true);
        }
    }
    void take_letter(char letter) {
        for (auto places = before_.any(); places != 0; places &= places - 1) {
            const auto place = static_cast<std::size_t>(std::countr_zero(places));
            if (place < letters_.size() && letters_[place] == letter) advance(place, 1, true, true);
        }
    }
    void advance(std::size_t place, std::size_t length, bool whole, bool initial) {
        const auto from = std::uint64_t{1} << place;
        const auto to = std::uint64_t{1} << (place + length);
        if (whole && (before_.wholly & from) != 0) after.wholly |= to;
        if (initial && (before_.initials & from) != 0) after.initials |= to;
        after.partly |= to;
    }

    std::string_view letters_;
    const Reached& before_;
};

Postings::Key first_letter(char16_t unit, Syllable syllable) {
    return static_cast<std::uint8_t>(is_letter_or_digit(unit) ? static_cast<char>(unit)
                                                              : spelling(syllable)[0]);
}

/// The keys' upper parts of a character, one a reading.
template <class Visit>
void for_each_reading(char16_t unit, Visit visit) {
    if (is_letter_or_digit(unit)) {
        visit(plain_letter + unit, Syllable{0});
    } else {
        for (const auto syllable : Readings{unit}) visit(Postings::Key{syllable}, syllable);
    }
}

}  // namespace

std::optional<SpelledWord> SpelledWord::of(std::u16string_view word) {
    if (word.empty() || word.size() > length_max) return std::nullopt;
    std::string letters;
    for (const auto unit : word) {
        if (unit < u'a' || unit > u'z') return std::nullopt;
        letters += static_cast<char>(unit);
    }
    return SpelledWord{std::move(letters)};
}

SpelledWord::Match SpelledWord::at(std::u16string_view text, std::size_t begin) const {
    const auto done = std::uint64_t{1} << letters_.size();
    Match best;
    Reached reached{1, 1, 0};
    for (auto i = begin; i < text.size() && reached.any() != 0; ++i) {
        if (text[i] == u' ') continue;
        Step step{letters_, reached};
        step.take(text[i]);
        auto how = Spelled::no;
        if (step.ends_within || (step.after.partly & done) != 0) how = Spelled::partly;
        if ((step.after.initials & done) != 0) how = Spelled::initials;
        if ((step.after.wholly & done) != 0) how = Spelled::wholly;
        const bool ends = (step.after.any() & done) != 0 && (i + 1 == text.size() || text[i + 1] == u' ');
        if (how > best.how || (how == best.how && how != Spelled::no && ends)) best = {how, ends};
        reached = {step.after.wholly & ~done, step.after.initials & ~done, step.after.partly & ~done};
    }
    return best;
}

Spelled SpelledWord::within(std::u16string_view text) const {
    auto best = Spelled::no;
    for (std::size_t i = 0; i < text.size() && best != Spelled::wholly; ++i) {
        if (text[i] != u' ') best = std::max(best, at(text, i).how);
    }
    return best;
}

Slots SpelledWord::candidates(const Postings& spellings, bool partly) const {
    Slots found;
    const auto add = [&](Postings::Key first, Postings::Key end, std::size_t length) {
        if (first >= end) return;
        found |= length == letters_.size() ? spellings.between(first << 8, (end << 8) - 1)
                                           : spellings.between(first << 8, (end << 8) - 1,
                                                               static_cast<std::uint8_t>(letters_[length]));
    };
    const auto letters = std::string_view{letters_};
    add(plain_letter + static_cast<Postings::Key>(letters[0]),
        plain_letter + static_cast<Postings::Key>(letters[0]) + 1, 1);
    for (std::size_t length = 2; length <= std::min<std::size_t>(letters.size(), 6); ++length) {
        if (const auto syllable = syllable_of(letters.substr(0, length)); syllable != 0)
            add(syllable, syllable + Postings::Key{1}, length);
    }
    const auto add_beginning = [&](std::size_t length) {
        const auto range = syllables_beginning(letters.substr(0, length));
        add(range.first, range.last, length);
    };
    add_beginning(1);
    if (letters.size() > 1 && letters[1] == 'h') add_beginning(2);
    if (partly && letters.size() < 6) add_beginning(letters.size());
    return found;
}

void add_spellings(std::u16string_view text, Slot slot, std::vector<Postings::Pair>& spellings) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == u' ') continue;
        auto next = i + 1;
        while (next < text.size() && text[next] == u' ') ++next;
        for_each_reading(text[i], [&](Postings::Key reading, Syllable) {
            bool last = true;
            const auto add = [&](Postings::Key letter) {
                spellings.push_back(Postings::pair(reading << 8 | letter, slot));
            };
            if (next < text.size()) {
                for_each_reading(text[next], [&](Postings::Key, Syllable syllable) {
                    add(first_letter(text[next], syllable));
                    last = false;
                });
            }
            if (last) add(0);
        });
    }
}

}  // namespace shanhai::catalog::search
