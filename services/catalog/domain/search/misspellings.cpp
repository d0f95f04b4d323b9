#include "catalog/domain/search/misspellings.hpp"

#include "catalog/domain/search/likeness.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace shanhai::catalog::search {
namespace {

constexpr std::size_t twice_wrong_min = 4;  // Characters: of fewer, half of them would be somebody's guess.

/// In how many of the texts the words stand.
template <class TextOf>
std::uint64_t times_in(const Postings& grams, std::u16string_view words, const Slots& sight, TextOf text_of) {
    std::uint64_t times = 0;
    (holding(grams, words) & sight).for_each([&](Slot slot) {
        if (text_of(slot).find(words) != std::u16string_view::npos) ++times;
    });
    return times;
}

std::uint64_t times_in(const Block& block, std::u16string_view words, const Slots& sight) {
    return times_in(block.name_grams(), words, sight,
                    [&](Slot slot) { return block.name(block.entry(slot)); }) +
           times_in(block.alias_grams(), words, sight,
                    [&](Slot slot) { return block.aliases(block.entry(slot)); });
}

/// Gathers what differs from the word in two places.
class Pairs {
public:
    explicit Pairs(std::u16string_view word) : word_{word} {}

    void look_in(const Block& block, const Slots& sight) {
        for (std::size_t first = 0; first + 1 < word_.size(); ++first) {
            for (std::size_t second = first + 1; second < word_.size(); ++second) {
                look_in(block.name_grams(), sight, first, second,
                        [&](Slot slot) { return block.name(block.entry(slot)); });
                look_in(block.alias_grams(), sight, first, second,
                        [&](Slot slot) { return block.aliases(block.entry(slot)); });
            }
        }
    }
    /// Counts a text as long as the word when it differs from it in two places.
    void look_at(std::u16string_view text) {
        if (text.size() != word_.size()) return;
        std::size_t differing = 0;
        auto worst = Likeness::reads;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == word_[i]) continue;
            if (++differing > 2 || of_code(text[i]) || of_code(word_[i])) return;
            worst = std::min(worst, likeness_of(word_[i], text[i]));
        }
        if (differing != 2 || worst == Likeness::none) return;
        auto& one = found_[std::u16string{text}];
        one.worst = worst;
        ++one.times;
    }

    std::optional<std::u16string> likeliest() const {
        const auto best = std::ranges::max_element(found_, {}, [](const auto& one) {
            return std::pair{one.second.worst, one.second.times};
        });
        return best == found_.end() ? std::nullopt : std::optional{best->first};
    }

private:
    struct Candidate {
        Likeness worst = Likeness::none;
        std::uint64_t times = 0;
    };

    template <class TextOf>
    void look_in(const Postings& grams, const Slots& sight, std::size_t first, std::size_t second,
                 TextOf text_of) {
        auto maybe = sight;
        const auto hold = [&](std::size_t begin, std::size_t end) {
            if (begin < end && maybe.any()) maybe &= holding(grams, word_.substr(begin, end - begin));
        };
        // Each run of right characters; where one is not, no other is looked for.
        hold(second + 1, word_.size());
        hold(0, first);
        hold(first + 1, second);
        maybe.for_each([&](Slot slot) {
            const std::u16string_view text = text_of(slot);
            for (std::size_t begin = 0; begin + word_.size() <= text.size(); ++begin) {
                const auto part = text.substr(begin, word_.size());
                // Only these two: other pairs are looked for by themselves.
                if (part[first] != word_[first] && part[second] != word_[second]) look_at(part);
            }
        });
    }

    std::u16string_view word_;
    std::map<std::u16string, Candidate> found_;
};

}  // namespace

std::optional<std::u16string> exchanged(std::u16string_view word, const Index& index, const KnownNames& names,
                                        const Sight& sight) {
    std::optional<std::u16string> best;
    std::uint64_t most = 0;
    for (std::size_t i = 0; i + 1 < word.size(); ++i) {
        if (word[i] == word[i + 1] || of_code(word[i]) || of_code(word[i + 1])) continue;
        std::u16string text{word};
        std::swap(text[i], text[i + 1]);
        std::uint64_t times = 0;
        for (const auto& block : index.blocks()) times += times_in(*block, text, sight.in(*block));
        names.for_each_name([&](std::u16string_view name) { times += name == text ? 1 : 0; });
        if (times <= most) continue;
        most = times;
        best = std::move(text);
    }
    return best;
}

std::optional<std::u16string> twice_wrong(std::u16string_view word, const Index& index,
                                          const KnownNames& names, const Sight& sight) {
    if (word.size() < twice_wrong_min) return std::nullopt;
    Pairs pairs{word};
    for (const auto& block : index.blocks()) pairs.look_in(*block, sight.in(*block));
    names.for_each_name([&pairs](std::u16string_view name) { pairs.look_at(name); });
    return pairs.likeliest();
}

}  // namespace shanhai::catalog::search
