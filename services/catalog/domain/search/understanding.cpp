#include "catalog/domain/search/understanding.hpp"

#include "catalog/domain/search/likeness.hpp"
#include "catalog/domain/search/misspellings.hpp"
#include "vocabulary/folding.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>

namespace shanhai::catalog::search {
namespace {

constexpr std::size_t word_min = 2;  // Characters of a word that is put right.
constexpr std::size_t word_max = 6;

/// Gathers what differs from the word in one place.
class Gathering {
public:
    explicit Gathering(std::u16string_view word) : word_{word} {}

    void look_in(const Block& block, const Slots& sight) {
        for (std::size_t wrong = 0; wrong < word_.size(); ++wrong) {
            look_in(block, block.name_grams(), sight, wrong,
                    [&](const Block::Entry& one) { return block.name(one); });
            look_in(block, block.alias_grams(), sight, wrong,
                    [&](const Block::Entry& one) { return block.aliases(one); });
        }
    }
    void look_at(std::u16string_view name) {
        if (name.size() != word_.size()) return;
        std::size_t differing = 0;
        std::size_t wrong = 0;
        for (std::size_t i = 0; i < name.size(); ++i) {
            if (name[i] == word_[i]) continue;
            ++differing;
            wrong = i;
        }
        if (differing == 1) count(wrong, name[wrong]);
    }

    std::optional<std::u16string> likeliest() const {
        const Candidate* best = nullptr;
        for (const auto& [place, one] : found_) {
            if (one.likeness == Likeness::none && word_.size() == word_min) continue;
            if (best == nullptr || one.better_than(*best)) best = &one;
        }
        if (best == nullptr) return std::nullopt;
        std::u16string text{word_};
        text[best->wrong] = best->right;
        return text;
    }

private:
    struct Candidate {
        std::size_t wrong = 0;
        char16_t right = 0;
        Likeness likeness = Likeness::none;
        int apart = 0;
        std::uint64_t times = 0;

        bool better_than(const Candidate& other) const {
            if (likeness != other.likeness) return likeness > other.likeness;
            if (likeness == Likeness::looks && apart != other.apart) return apart < other.apart;
            return times > other.times;
        }
    };

    template <class TextOf>
    void look_in(const Block& block, const Postings& grams, const Slots& sight, std::size_t wrong,
                 TextOf text_of) {
        auto maybe = sight;
        if (wrong > 0) maybe &= holding(grams, word_.substr(0, wrong));
        if (wrong + 1 < word_.size()) maybe &= holding(grams, word_.substr(wrong + 1));
        maybe.for_each([&](Slot slot) {
            const std::u16string_view text = text_of(block.entry(slot));
            for (std::size_t begin = 0; begin + word_.size() <= text.size(); ++begin) {
                const auto part = text.substr(begin, word_.size());
                if (part[wrong] != u' ' && part.substr(0, wrong) == word_.substr(0, wrong) &&
                    part.substr(wrong + 1) == word_.substr(wrong + 1))
                    count(wrong, part[wrong]);
            }
        });
    }
    void count(std::size_t wrong, char16_t right) {
        if (of_code(word_[wrong]) || of_code(right)) return;
        auto& one = found_[{wrong, right}];
        if (one.times++ > 0) return;
        one.wrong = wrong;
        one.right = right;
        one.likeness = likeness_of(word_[wrong], right);
        one.apart = std::abs(word_[wrong] - right);
    }

    std::u16string_view word_;
    std::map<std::pair<std::size_t, char16_t>, Candidate> found_;
};

bool may_be_wrong(const Word& word) {
    return word.text.size() >= word_min && word.text.size() <= word_max && !word.spelled && !word.number() &&
           !word.names_a_scheme();
}

}  // namespace

std::optional<std::u16string> nearly(std::u16string_view word, const Index& index, const KnownNames& names,
                                     const Sight& sight) {
    if (word.size() < word_min || word.size() > word_max) return std::nullopt;
    if (auto right = exchanged(word, index, names, sight)) return right;
    Gathering gathering{word};
    for (const auto& block : index.blocks()) gathering.look_in(*block, sight.in(*block));
    names.for_each_name([&gathering](std::u16string_view name) { gathering.look_at(name); });
    if (auto right = gathering.likeliest()) return right;
    return twice_wrong(word, index, names, sight);
}

Understood understand(std::string_view text, const Index& index, const KnownNames& names, const Sight& sight,
                      Instant at, Typed typed) {
    const Finding finding{index, sight, at};
    Understood as_typed{Query::of(text, names, false), std::nullopt};
    if (as_typed.query.words.empty() || finding.any(as_typed.query)) return as_typed;
    const bool spelled =
        std::ranges::any_of(as_typed.query.words, [](const Word& one) { return one.spelled.has_value(); });
    if (spelled) {
        Understood partly{Query::of(text, names, true), std::nullopt};
        if (finding.any(partly.query)) return partly;
    }
    Understood described{as_typed.query.described(), std::nullopt};
    if (finding.any(described.query)) return described;
    if (typed == Typed::as_meant) return as_typed;
    std::u16string corrected;
    for (const auto& word : as_typed.query.words) {
        if (!corrected.empty()) corrected += u' ';
        const auto alone = Query::of_folded(word.text, names, spelled);
        if (!may_be_wrong(word) || finding.any(alone)) {
            corrected += word.text;
            continue;
        }
        const auto right = nearly(word.text, index, names, sight);
        if (!right) return as_typed;
        corrected += *right;
    }
    Understood put_right{Query::of_folded(corrected, names, spelled), unfolded(corrected)};
    if (corrected == as_typed.query.folded || !finding.any(put_right.query)) return as_typed;
    return put_right;
}

}  // namespace shanhai::catalog::search
