#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace shanhai::catalog::search {

/// Which pairs of characters stand somewhere in many texts, by a few bits each: says for certain only what
/// does not. Nothing is taken out again; who needs that begins anew.
class Mentions {
public:
    /// A text in UTF-8.
    void add(std::string_view text);
    /// False when none of the texts has these words; words of one character may stand anywhere.
    bool may_have(std::string_view words) const;

private:
    static constexpr std::size_t bits = 32'768;  // 256 texts of some hundred characters fill a third of them.

    std::array<std::uint64_t, bits / 64> set_{};
};

}  // namespace shanhai::catalog::search
