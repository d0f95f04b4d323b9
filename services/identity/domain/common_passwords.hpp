#pragma once

#include <span>
#include <string_view>

namespace shanhai::identity {

/// The words and numbers that the lists of broken passwords are made of, in lower case, the longest first.
/// Whole passwords need not stand here: they are these words with runs, years and repetitions around them.
std::span<const std::string_view> common_words();

}  // namespace shanhai::identity
