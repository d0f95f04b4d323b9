#pragma once

#include "catalog/domain/search/finding.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace shanhai::catalog::search {

/// What a person asked for, as far as it is known what they meant.
struct Understood {
    Query query;
    std::optional<std::string> corrected_to;  ///< Nothing fits what they typed; this is looked for instead.
};

/// Whether somebody may have typed what they did not mean.
enum class Typed { perhaps_wrong, as_meant };

/// Reads a query: as it is; then with spellings that are not whole; then by what only descriptions say, which
/// mention much that they do not sell; and where nothing fits either, unless it is typed as it is meant, with
/// each word that fits nothing put right.
Understood understand(std::string_view text, const Index& index, const KnownNames& names, const Sight& sight,
                      Instant at, Typed typed = Typed::perhaps_wrong);

/// What is likeliest meant: the word with two neighbours exchanged; else the name, or part of one, that
/// differs from it in one character: one that is read alike, then nearly so (昌林 for 昌宁), then one that
/// looks alike (which have the same radical), then the most frequent. Nothing for words of one character or
/// more than six, and for words of two with neither. Else what twice_wrong finds. Letters and digits are
/// never put right.
std::optional<std::u16string> nearly(std::u16string_view word, const Index& index, const KnownNames& names,
                                     const Sight& sight);

}  // namespace shanhai::catalog::search
