#include "catalog/domain/search/likeness.hpp"

#include "vocabulary/folding.hpp"

#include <cstdlib>
#include <string>

namespace shanhai::catalog::search {
namespace {

/// Ideographs stand in Unicode by radical, then by strokes: so far apart the radical may be the same.
constexpr int one_radical = 0x200;

/// A syllable as those hear it who keep z and zh, n and l, in and ing apart by habit alone.
std::string heard(Syllable syllable) {
    std::string letters{spelling(syllable)};
    if (letters.size() > 1 && letters[1] == 'h') letters.erase(1, 1);
    if (letters.front() == 'l') letters.front() = 'n';
    if (letters.ends_with("ng")) letters.pop_back();
    return letters;
}

}  // namespace

Likeness likeness_of(char16_t left, char16_t right) {
    const Readings of_left{left};
    const Readings of_right{right};
    auto best = Likeness::none;
    for (const auto one : of_left) {
        for (const auto other : of_right) {
            if (one == other) return Likeness::reads;
            if (heard(one) == heard(other)) best = Likeness::sounds;
        }
    }
    const bool ideographs = of_left.begin() != of_left.end() && of_right.begin() != of_right.end();
    const bool alike = ideographs && std::abs(left - right) <= one_radical;
    return best == Likeness::none && alike ? Likeness::looks : best;
}

}  // namespace shanhai::catalog::search
