#include "catalog/domain/search/postings.hpp"

#include <algorithm>

namespace shanhai::catalog::search {

Postings Postings::followed_by(const Slots& gone, std::vector<Pair> added) const {
    std::ranges::sort(added);
    added.erase(std::unique(added.begin(), added.end()), added.end());
    Postings next;
    next.slots_.reserve(slots_.size() + added.size());
    next.keys_.reserve(keys_.size() + added.size() / 4);
    next.ends_.reserve(keys_.size() + added.size() / 4);
    const auto take = [&next](Pair pair) {
        const auto key = static_cast<Key>(pair >> 8);
        if (next.keys_.empty() || next.keys_.back() != key) {
            next.keys_.push_back(key);
            next.ends_.push_back(0);
        }
        next.slots_.push_back(static_cast<Slot>(pair));
        next.ends_.back() = static_cast<std::uint32_t>(next.slots_.size());
    };
    auto coming = added.begin();
    std::uint32_t begin = 0;
    for (std::size_t place = 0; place < keys_.size(); ++place) {
        for (auto i = begin; i < ends_[place]; ++i) {
            if (gone.has(slots_[i])) continue;
            const auto kept = pair(keys_[place], slots_[i]);
            for (; coming != added.end() && *coming < kept; ++coming) take(*coming);
            take(kept);
        }
        begin = ends_[place];
    }
    std::for_each(coming, added.end(), take);
    next.keys_.shrink_to_fit();
    next.ends_.shrink_to_fit();
    next.slots_.shrink_to_fit();
    return next;
}

std::size_t Postings::first_at_least(Key key) const {
    return static_cast<std::size_t>(std::ranges::lower_bound(keys_, key) - keys_.begin());
}

void Postings::add(std::size_t place, Slots& slots) const {
    const auto begin = place == 0 ? 0 : ends_[place - 1];
    for (auto i = begin; i < ends_[place]; ++i) slots.set(slots_[i]);
}

Slots Postings::between(Key first, Key last) const {
    Slots found;
    for (auto place = first_at_least(first); place < keys_.size() && keys_[place] <= last; ++place)
        add(place, found);
    return found;
}

Slots Postings::between(Key first, Key last, std::uint8_t low) const {
    Slots found;
    for (auto place = first_at_least(first); place < keys_.size() && keys_[place] <= last; ++place) {
        if (static_cast<std::uint8_t>(keys_[place]) == low) add(place, found);
    }
    return found;
}

void add_grams(std::u16string_view text, Slot slot, std::vector<Postings::Pair>& grams) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == u' ') continue;
        const bool ends = i + 1 == text.size() || text[i + 1] == u' ';
        grams.push_back(Postings::pair(gram(text[i], ends ? u'\0' : text[i + 1]), slot));
    }
}

Slots holding(const Postings& grams, std::u16string_view word) {
    if (word.size() == 1) return grams.between(gram(word[0], 0), gram(word[0], 0xFFFF));
    auto found = Slots::all();
    for (std::size_t i = 0; i + 1 < word.size() && found.any(); ++i)
        found &= grams.at(gram(word[i], word[i + 1]));
    return found;
}

}  // namespace shanhai::catalog::search
