#pragma once

#include "vocabulary/result.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace shanhai {

/// What becomes of a line break within a text.
enum class Lines {
    one,     ///< Refused: a name is one line.
    joined,  ///< Each run of breaks, with the blanks around it, becomes one blank: an address on a label.
};

/// Whether the bytes are UTF-8 as RFC 3629 defines it: no overlong forms, surrogates or halves.
bool is_utf8(std::string_view bytes);

/// The number of characters (code points) of a text in UTF-8.
std::size_t characters_in(std::string_view utf8);

/// A text that people write and read, in the one form in which it is stored and compared: in Unicode's
/// normal form C, without white space or zero-width blanks (U+200B, U+2060, U+FEFF) around it, a blank where
/// a tab was. `min` and
/// `max` count its characters in that form; an empty text is one only where `min` is 0.
///
/// Fails with Failure::invalid on bytes that are not UTF-8; where nothing visible is left; on controls,
/// bidi controls (they turn what stands beside them around), U+FEFF within, noncharacters, and code points
/// that Unicode has not assigned; on private use, and on what shows nothing (default ignorable or a format
/// character, tags and fillers among them), but for joiners and variation selectors after a character that
/// they shape, signs that enclose a number, and flags of regions. Planes 2 and 3 are set aside for ideographs
/// and taken whole: people's names are assigned there faster than libraries learn of them.
Result<std::string> human_text(std::string_view utf8, std::size_t min, std::size_t max,
                               Lines lines = Lines::one);

/// A text that one person chose and nobody else reads, such as a password: in normal form C, so that two
/// keyboards give the same, but not trimmed (RFC 8265, OpaqueString). Fails as human_text does, though what
/// cannot be seen, and private use, may stand in it.
Result<std::string> secret_text(std::string_view utf8, std::size_t min, std::size_t max);

/// What was meant by a number that was typed or pasted: digits and punctuation in full width become ASCII,
/// every kind of blank becomes one, and the marks that phones wrap around a number they copy (U+202D …
/// U+202C, U+200E, U+2060 …) go. Nothing when the bytes are not UTF-8.
std::optional<std::string> pasted_number(std::string_view utf8);

}  // namespace shanhai
