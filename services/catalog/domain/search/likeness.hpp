#pragma once

#include <cstdint>

namespace shanhai::catalog::search {

/// How easily one character is taken for another, best last.
enum class Likeness : std::uint8_t {
    none,
    looks,   ///< They have the same radical, most likely.
    sounds,  ///< They are read alike by those who keep z and zh, n and l, in and ing apart by habit alone.
    reads,   ///< They are read alike.
};

Likeness likeness_of(char16_t left, char16_t right);

/// Of codes and numbers nothing is put right: letters and digits are what somebody meant.
inline bool of_code(char16_t unit) { return unit < 0x80; }

}  // namespace shanhai::catalog::search
