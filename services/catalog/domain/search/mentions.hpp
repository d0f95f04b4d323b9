#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace shanhai::catalog::search {

/// Which pairs of characters stand side by side somewhere in many folded texts, by a few bits each: says for
/// certain only what does not. Nothing is taken out again: a block begins anew when as many of its texts are
/// gone as it has room for.
class Mentions {
public:
    void add(std::u16string_view text);
    /// False when none of the texts has this word; one of one character may stand anywhere.
    bool may_have(std::u16string_view word) const;

private:
    static constexpr std::size_t bits = 32'768;  // 256 texts of some hundred characters fill a third of them.

    std::array<std::uint64_t, bits / 64> set_{};
};

}  // namespace shanhai::catalog::search
