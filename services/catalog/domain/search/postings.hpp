#pragma once

#include "catalog/domain/search/slots.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace shanhai::catalog::search {

/// Which slots of a block hold a key. Never changes once made.
class Postings {
public:
    using Key = std::uint32_t;
    /// A key and one of its slots, as one number: they sort by key, then by slot.
    using Pair = std::uint64_t;
    static Pair pair(Key key, Slot slot) { return Pair{key} << 8 | slot; }

    /// The same without what `gone` held and with what was added, in whatever order.
    Postings followed_by(const Slots& gone, std::vector<Pair> added) const;

    Slots at(Key key) const { return between(key, key); }
    /// Of all keys from first to last.
    Slots between(Key first, Key last) const;
    /// Of those among them whose last eight bits are these.
    Slots between(Key first, Key last, std::uint8_t low) const;

private:
    std::size_t first_at_least(Key key) const;
    void add(std::size_t place, Slots& slots) const;

    std::vector<Key> keys_;            // Ascending.
    std::vector<std::uint32_t> ends_;  // Where the slots of each key end, and those of the next begin.
    std::vector<Slot> slots_;
};

/// Two neighbouring units of a text; 0 as the second: the first ends its word.
inline Postings::Key gram(char16_t first, char16_t second) {
    return static_cast<Postings::Key>(first) << 16 | second;
}

/// The grams of a folded text, one for each of its units but the blanks.
void add_grams(std::u16string_view text, Slot slot, std::vector<Postings::Pair>& grams);

/// Those that may hold the word, and hold it for certain when it has two units at most.
Slots holding(const Postings& grams, std::u16string_view word);

}  // namespace shanhai::catalog::search
