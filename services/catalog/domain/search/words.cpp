#include "catalog/domain/search/words.hpp"

#include "vocabulary/folding.hpp"

#include <algorithm>

namespace shanhai::catalog::search {
namespace {

constexpr std::size_t telling = 2;     // Characters: one of them stands in nearly every description.
constexpr std::size_t known_min = 2;   // Characters of a known name within a word.
constexpr std::size_t split_max = 16;  // Characters of a word that may be two; of letters more make as much.
constexpr std::size_t split_letters_max = 32;
constexpr int nested_max = 2;  // 云南大关笋干

constexpr char16_t of = u'的';  // 墨江的紫米

Word word_of(std::u16string_view text, const KnownNames& names, bool partly, int nested);

void split(Word& word, const KnownNames& names, bool partly, int nested) {
    const std::u16string_view text = word.text;
    const auto longest = word.spelled ? split_letters_max : split_max;
    if (text.size() > longest || word.number() || nested == nested_max) return;
    const auto add = [&](std::u16string_view known, std::u16string_view rest) {
        if (known.size() < known_min) return;
        auto sense = names.exactly(known);
        if (sense.empty()) return;
        if (rest.size() > 1 && rest.front() == of) rest.remove_prefix(1);
        Word::Split found;
        found.known = std::move(sense);
        found.rest.push_back(word_of(rest, names, partly, nested + 1));
        word.splits.push_back(std::move(found));
    };
    for (std::size_t cut = 1; cut < text.size(); ++cut) {
        add(text.substr(0, cut), text.substr(cut));
        add(text.substr(cut), text.substr(0, cut));
    }
}

Word word_of(std::u16string_view text, const KnownNames& names, bool partly, int nested) {
    Word word;
    word.text = text;
    word.spelled = SpelledWord::of(text);
    word.sense = names.sense_of(text, word.spelled ? &*word.spelled : nullptr, partly);
    if (!word.sense.named) split(word, names, partly, nested);
    return word;
}

/// Where the word that begins there ends: at the next blank, or behind a place that is called so in English.
std::size_t end_of_word(std::u16string_view folded, std::size_t begin, const KnownNames& names) {
    constexpr int blanks_max = 9;  // "shuangjiang lahu va blang and dai autonomous county" has seven.
    const auto first = std::min(folded.find(u' ', begin), folded.size());
    auto longest = first;
    auto end = first;
    for (int blanks = 0; blanks < blanks_max && end < folded.size(); ++blanks) {
        end = std::min(folded.find(u' ', end + 1), folded.size());
        if (names.in_english(folded.substr(begin, end - begin)) != nullptr) longest = end;
    }
    return longest;
}

}  // namespace

bool Word::number() const {
    return std::ranges::all_of(text, [](char16_t unit) { return unit >= u'0' && unit <= u'9'; });
}

bool Word::names_a_scheme() const {
    return sense.scheme_alone || std::ranges::any_of(splits, [](const Split& one) {
               return one.known.scheme_alone || one.rest.front().names_a_scheme();
           });
}

Query Query::of(std::string_view text, const KnownNames& names, bool partly) {
    auto query = of_folded(shanhai::folded(text), names, partly);
    query.in_vain = query.words.empty() && text.find_first_not_of(' ') != std::string_view::npos;
    return query;
}

Query Query::of_folded(std::u16string_view folded, const KnownNames& names, bool partly) {
    Query query;
    query.folded = folded;
    query.partly = partly;
    for (std::size_t begin = 0; begin < folded.size() && query.words.size() < words_max;) {
        const auto end = end_of_word(folded, begin, names);
        const auto text = folded.substr(begin, end - begin);
        if (std::ranges::find(query.words, text, &Word::text) == query.words.end())
            query.words.push_back(word_of(text, names, partly, 0));
        begin = end + 1;
    }
    return query;
}

Query Query::described() const {
    auto query = *this;
    for (auto& word : query.words) {
        word.described = word.text.size() >= telling && !word.number() && !word.names_a_scheme();
    }
    return query;
}

std::vector<const Word*> Query::subjects() const {
    std::vector<const Word*> found;
    for (const auto& word : words) {
        if (!word.sense.named) found.push_back(&word);
    }
    if (found.empty()) {
        for (const auto& word : words) found.push_back(&word);
    }
    return found;
}

}  // namespace shanhai::catalog::search
