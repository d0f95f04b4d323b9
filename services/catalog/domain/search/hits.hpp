#pragma once

#include "catalog/domain/search/block.hpp"
#include "catalog/domain/search/words.hpp"

#include <array>

namespace shanhai::catalog::search {

/// How well a product fits a query, best first: the order of what is found.
enum class Level : std::uint8_t {
    exact,    ///< Its name, or its name's first part: 箬竹笋 for 箬竹笋（清水笋）.
    begins,   ///< Its name begins so.
    kind,     ///< Its name holds it, and its category is called so: tea before a tea table for 茶.
    holds,    ///< Its name holds it.
    alias,    ///< An alias holds it.
    anything  ///< Its tags, summary or names of sizes, or its description, or where it comes from, who sells
              ///< it, its category, certification, season.
};
inline constexpr std::size_t levels = 6;

/// The products of a block that fit, by how well: those at a level and not at a better one.
using Hits = std::array<Slots, levels>;

/// Of whatever level.
Slots any_of(const Hits& hits);

/// What of a block fits all words of the query at that moment.
Hits hits_in(const Block& block, const Query& query, Instant at);
/// What fits this one word, of these.
Hits hits_of(const Block& block, const Word& word, bool partly, Instant at, const Slots& among);

}  // namespace shanhai::catalog::search
