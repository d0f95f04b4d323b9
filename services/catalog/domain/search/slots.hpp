#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace shanhai::catalog::search {

/// A place of a product within its block; products of one block have ids that differ in their last eight
/// bits.
using Slot = std::uint8_t;

/// A set of slots.
class Slots {
public:
    static constexpr std::size_t count = 256;

    static Slots all() {
        Slots every;
        every.words_.fill(~std::uint64_t{0});
        return every;
    }

    void set(Slot slot) { words_[slot / 64] |= std::uint64_t{1} << (slot % 64); }
    bool has(Slot slot) const { return (words_[slot / 64] >> (slot % 64) & 1) != 0; }
    bool any() const { return (words_[0] | words_[1] | words_[2] | words_[3]) != 0; }

    Slots& operator|=(const Slots& other) {
        for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
        return *this;
    }
    Slots& operator&=(const Slots& other) {
        for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
        return *this;
    }
    Slots without(const Slots& other) const {
        auto rest = *this;
        for (std::size_t i = 0; i < words_.size(); ++i) rest.words_[i] &= ~other.words_[i];
        return rest;
    }
    friend Slots operator|(Slots left, const Slots& right) { return left |= right; }
    friend Slots operator&(Slots left, const Slots& right) { return left &= right; }

    /// In their order.
    template <class Visit>
    void for_each(Visit visit) const {
        for (std::size_t i = 0; i < words_.size(); ++i) {
            for (auto rest = words_[i]; rest != 0; rest &= rest - 1)
                visit(static_cast<Slot>(i * 64 + static_cast<std::size_t>(std::countr_zero(rest))));
        }
    }

private:
    std::array<std::uint64_t, count / 64> words_{};
};

}  // namespace shanhai::catalog::search
