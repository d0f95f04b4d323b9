#include "catalog/domain/search/hits.hpp"

#include <algorithm>
#include <string>

namespace shanhai::catalog::search {
namespace {

constexpr std::size_t sure = 2;           // Units of a word that its grams alone are proof of.
constexpr std::size_t gtin_part_min = 4;  // Digits.
constexpr std::size_t gtin_length = 14;

Slots& at_level(Hits& hits, Level level) { return hits[static_cast<std::size_t>(level)]; }

/// Each slot at its best level alone.
void settle(Hits& hits) {
    Slots better;
    for (auto& level : hits) {
        const auto own = level.without(better);
        better |= level;
        level = own;
    }
}

template <class TextOf>
Slots holding_word(const Block& block, const Postings& grams, std::u16string_view word, const Slots& among,
                   TextOf text_of) {
    const auto maybe = holding(grams, word) & among;
    if (word.size() <= sure) return maybe;
    Slots found;
    maybe.for_each([&](Slot slot) {
        if (text_of(block.entry(slot)).find(word) != std::u16string_view::npos) found.set(slot);
    });
    return found;
}

void add_literal(const Block& block, std::u16string_view word, const Slots& among, Hits& hits) {
    const auto in_names = holding_word(block, block.name_grams(), word, among,
                                       [&](const Block::Entry& entry) { return block.name(entry); });
    at_level(hits, Level::alias) |=
        holding_word(block, block.alias_grams(), word, among,
                     [&](const Block::Entry& entry) { return block.aliases(entry); });
    const auto maybe = holding(block.text_grams(), word) & among;
    if (word.size() <= sure) {
        at_level(hits, Level::anything) |= maybe;
    } else {
        maybe.for_each([&](Slot slot) {
            const auto& entry = block.entry(slot);
            const bool there = block.tags(entry).find(word) != std::u16string_view::npos ||
                               block.summary(entry).find(word) != std::u16string_view::npos;
            if (there) at_level(hits, Level::anything).set(slot);
        });
    }
    in_names.for_each([&](Slot slot) {
        const auto name = block.name(block.entry(slot));
        auto level = Level::holds;
        if (name.starts_with(word))
            level = name.size() == word.size() || name[word.size()] == u' ' ? Level::exact : Level::begins;
        at_level(hits, level).set(slot);
    });
}

Spelled best_apart(const SpelledWord& word, std::u16string_view texts) {
    auto best = Spelled::no;
    for (std::size_t begin = 0; begin < texts.size() && best != Spelled::wholly;) {
        const auto end = std::min(texts.find(u' ', begin), texts.size());
        best = std::max(best, word.within(texts.substr(begin, end - begin)));
        begin = end + 1;
    }
    return best;
}

void add_spelled(const Block& block, const SpelledWord& word, bool partly, const Slots& among, Hits& hits) {
    const auto enough = partly ? Spelled::partly : Spelled::initials;
    (word.candidates(block.spellings(), partly) & among).for_each([&](Slot slot) {
        const auto& entry = block.entry(slot);
        const auto name = block.name(entry);
        const auto start = word.at(name, 0);
        if (start.how >= enough) {
            at_level(hits, start.to_the_end ? Level::exact : Level::begins).set(slot);
        } else if (word.of_one_letter()) {
            return;
        } else if (word.within(name) >= enough) {
            at_level(hits, Level::holds).set(slot);
        } else if (best_apart(word, block.aliases(entry)) >= enough) {
            at_level(hits, Level::alias).set(slot);
        } else if (best_apart(word, block.tags(entry)) >= enough) {
            at_level(hits, Level::anything).set(slot);
        }
    });
}

void add_numbers(const Block& block, const std::u16string& word, Hits& hits) {
    if (word.size() < gtin_part_min || word.size() > gtin_length) return;
    const std::string digits{word.begin(), word.end()};
    for (const auto& [slot, gtin] : block.numbers()) {
        auto whole = std::to_string(gtin);
        whole.insert(0, gtin_length - std::min(gtin_length, whole.size()), '0');
        if (whole.find(digits) != std::string::npos) at_level(hits, Level::anything).set(slot);
    }
}

Slots meant(const Block& block, const Sense& sense, Instant at) {
    Slots found;
    if (sense.empty()) return found;
    for (const auto& scheme : sense.schemes) found |= block.certified(&scheme, at);
    if (sense.counties.empty() && sense.merchants.empty() && sense.categories == 0 && !sense.season)
        return found;
    block.used().for_each([&](Slot slot) {
        const auto& entry = block.entry(slot);
        const bool fits = (entry.category < 64 && (sense.categories >> entry.category & 1) != 0) ||
                          (sense.season && entry.season) ||
                          std::ranges::binary_search(sense.counties, entry.county) ||
                          std::ranges::binary_search(sense.merchants, entry.merchant);
        if (fits) found.set(slot);
    });
    return found;
}

/// 大关笋干: of 大关 what is 笋干. One character more must be said by more than a summary.
void add_split(const Block& block, const Word::Split& split, bool partly, Instant at, const Slots& among,
               Hits& hits) {
    const auto known = meant(block, split.known, at) & among;
    if (!known.any()) return;
    const auto& rest = split.rest.front();
    auto fitting = hits_of(block, rest, partly, at, known);
    if (rest.text.size() == 1) at_level(fitting, Level::anything) = meant(block, rest.sense, at);
    for (std::size_t level = 0; level < levels; ++level) hits[level] |= fitting[level] & known;
}

/// Those at this level or a better one, by each word of `words`.
Slots within(const std::vector<Hits>& words, Level level) {
    auto all = Slots::all();
    for (const auto& hits : words) {
        Slots good;
        for (std::size_t i = 0; i <= static_cast<std::size_t>(level); ++i) good |= hits[i];
        all &= good;
    }
    return all;
}

/// Of several words together it is not the first but all of them that a name is, or begins with.
void judge_together(const Block& block, const std::vector<const Word*>& words, Hits& hits) {
    std::u16string all;
    for (const auto* word : words) all += (all.empty() ? u"" : u" ") + word->text;
    auto named = at_level(hits, Level::exact) | at_level(hits, Level::begins);
    at_level(hits, Level::exact) = {};
    at_level(hits, Level::begins) = {};
    named.for_each([&](Slot slot) {
        const auto name = block.name(block.entry(slot));
        const auto level = name == all ? Level::exact : name.starts_with(all) ? Level::begins : Level::holds;
        at_level(hits, level).set(slot);
    });
}

}  // namespace

Slots any_of(const Hits& hits) {
    Slots all;
    for (const auto& level : hits) all |= level;
    return all;
}

Hits hits_of(const Block& block, const Word& word, bool partly, Instant at, const Slots& among) {
    Hits hits;
    if (!word.sense.scheme_alone) {
        add_literal(block, word.text, among, hits);
        if (word.spelled) add_spelled(block, *word.spelled, partly, among, hits);
        if (word.number()) add_numbers(block, word.text, hits);
        for (const auto& split : word.splits) add_split(block, split, partly, at, among, hits);
    }
    at_level(hits, Level::anything) |= meant(block, word.sense, at);
    if (word.sense.categories != 0) {
        Sense kind;
        kind.categories = word.sense.categories;
        at_level(hits, Level::kind) = at_level(hits, Level::holds) & meant(block, kind, at);
    }
    settle(hits);
    return hits;
}

Hits hits_in(const Block& block, const Query& query, Instant at) {
    auto found = block.used();
    const auto subjects = query.subjects();
    std::vector<Hits> of_subjects;
    for (const auto& word : query.words) {
        auto hits = hits_of(block, word, query.partly, at, found);
        if (word.described) {
            const auto others = found.without(any_of(hits));
            at_level(hits, Level::anything) |= block.described_by(word.text, others);
        }
        found &= any_of(hits);
        if (!found.any()) return {};
        if (std::ranges::find(subjects, &word) != subjects.end()) of_subjects.push_back(hits);
    }
    Hits all;
    for (std::size_t level = 0; level < levels; ++level)
        all[level] = within(of_subjects, static_cast<Level>(level)) & found;
    settle(all);
    // A name is not exact, and does not begin so, by one of several words.
    if (of_subjects.size() > 1) {
        at_level(all, Level::begins) |= at_level(all, Level::holds);
        at_level(all, Level::holds) = {};
        judge_together(block, subjects, all);
    }
    return all;
}

}  // namespace shanhai::catalog::search
