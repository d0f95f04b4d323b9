#pragma once

#include "catalog/domain/search/known_names.hpp"
#include "catalog/domain/search/spelling.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shanhai::catalog::search {

/// One word of a query, and all that it may mean.
struct Word {
    std::u16string text;
    std::optional<SpelledWord> spelled;
    Sense sense;

    /// 大关笋干 may be 大关 and 笋干: a known name and a word for the rest.
    struct Split {
        Sense known;
        std::vector<Word> rest;  // One.
    };
    std::vector<Split> splits;
    /// Descriptions are read for it, too: in a query that asks for them, of words that say enough.
    bool described = false;

    bool number() const;
    /// It says which scheme is meant, by itself or within: what only mentions that in its texts is not meant.
    bool names_a_scheme() const;
};

/// What a person typed, in its words, each once: every one must be found.
struct Query {
    static constexpr std::size_t words_max = 12;  ///< What comes behind them is not looked for.

    /// With `partly` a word of letters may end amid a syllable, and may mix syllables and initials.
    static Query of(std::string_view text, const KnownNames& names, bool partly);
    static Query of_folded(std::u16string_view folded, const KnownNames& names, bool partly);

    std::u16string folded;
    std::vector<Word> words;
    bool partly = false;
    /// The same, by what only a description says, too.
    Query described() const;

    /// Something was typed of which nothing can be looked for, such as punctuation alone: that finds nothing,
    /// where nothing typed finds all.
    bool in_vain = false;

    /// Those that say which goods are meant, not where they come from; all of them when none does.
    std::vector<const Word*> subjects() const;
};

}  // namespace shanhai::catalog::search
