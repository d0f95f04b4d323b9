#pragma once

#include "catalog/domain/search/finding.hpp"
#include "catalog/domain/search/known_names.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace shanhai::catalog::search {

/// The word with two neighbouring characters exchanged (菇香 for 香菇), as it stands in a name, an alias or a
/// known name: the most frequent.
std::optional<std::u16string> exchanged(std::u16string_view word, const Index& index, const KnownNames& names,
                                        const Sight& sight);

/// The name, or part of one, that differs from a word of four characters or more in two, each of which is
/// easily taken for the other; the likest, then the most frequent.
std::optional<std::u16string> twice_wrong(std::u16string_view word, const Index& index,
                                          const KnownNames& names, const Sight& sight);

}  // namespace shanhai::catalog::search
