#include "catalog/domain/search/finding.hpp"

#include <algorithm>
#include <limits>
#include <unordered_map>

namespace shanhai::catalog::search {
namespace {

/// The slots that pass each of the choices a list can be narrowed by.
struct Passing {
    Slots county = Slots::all();
    Slots category = Slots::all();
    Slots scheme = Slots::all();
    Slots season = Slots::all();
    Slots merchant = Slots::all();

    Slots all() const { return county & category & scheme & season & merchant; }
};

template <class Passes>
Slots those(const Block& block, Passes passes) {
    Slots found;
    block.used().for_each([&](Slot slot) {
        if (passes(block.entry(slot))) found.set(slot);
    });
    return found;
}

Passing passing(const Block& block, const Narrowing& narrowing, Instant at) {
    Passing slots;
    using Entry = Block::Entry;
    if (narrowing.county) {
        const auto county = number_of(*narrowing.county);
        slots.county = those(block, [county](const Entry& one) { return one.county == county; });
    }
    if (narrowing.area) {
        const auto& area = *narrowing.area;
        slots.county &=
            those(block, [&area](const Entry& one) { return std::ranges::binary_search(area, one.county); });
    }
    if (narrowing.category) {
        const auto place = place_of_category(*narrowing.category);
        slots.category = those(block, [place](const Entry& one) { return place && one.category == *place; });
    }
    if (narrowing.merchant) {
        const auto merchant = *narrowing.merchant;
        slots.merchant = those(block, [merchant](const Entry& one) { return one.merchant == merchant; });
    }
    if (narrowing.season) slots.season = those(block, [](const Entry& one) { return one.season; });
    if (narrowing.scheme) slots.scheme = block.certified(&*narrowing.scheme, at);
    return slots;
}

void count_schemes(const Block& block, const Slots& counted, Instant at, Finding::Counts& counts) {
    for (const auto& scheme : block.schemes()) {
        std::uint64_t found = 0;
        (block.certified(&scheme, at) & counted).for_each([&found](Slot) { ++found; });
        if (found > 0) counts.schemes[scheme] += found;
    }
}

std::uint64_t rank_of(const Block& block, Slot slot, const Order& order) {
    constexpr auto last = std::numeric_limits<std::uint64_t>::max();
    switch (order.sorting) {
        case Sorting::none:
            return 0;
        case Sorting::price_ascending:
            return block.price_fen(slot, order.began);
        case Sorting::price_descending:
            return last - block.price_fen(slot, order.began);
        case Sorting::newest:
            return last - number(block.id(slot));
    }
    return 0;
}

/// What its name says comes before what is only mentioned, whatever it is certified under: a house is called
/// by its goods, too.
int part_of(Level level, bool certified_first) {
    return (level == Level::anything ? 2 : 0) + (certified_first ? 0 : 1);
}

}  // namespace

Slots Sight::in(const Block& block) const {
    return those(block, [this](const Block::Entry& one) {
        return (one.listed || unlisted_too) && facts.shown_to(reader, one.merchant, one.ever_listed);
    });
}

Hits Finding::fitting(const Block& block, const Query& query) const {
    if (query.in_vain) return {};
    if (!query.words.empty()) return hits_in(block, query, at_);
    Hits all;
    all.front() = block.used();
    return all;
}

bool Finding::any(const Query& query) const {
    return std::ranges::any_of(index_.blocks(), [&](const auto& block) {
        return (any_of(hits_in(*block, query, at_)) & sight_.in(*block)).any();
    });
}

std::vector<Place> Finding::places(const Query& query, const Narrowing& narrowing, const Order& order,
                                   const std::optional<Place>& after, std::size_t limit) const {
    std::vector<Place> found;
    for (const auto& block : index_.blocks()) {
        const auto hits = fitting(*block, query);
        const auto wanted = any_of(hits) & sight_.in(*block) & passing(*block, narrowing, at_).all();
        if (!wanted.any()) continue;
        const auto certified = block->certified(nullptr, order.began);
        const auto first = order.first ? block->certified(&*order.first, order.began) : Slots{};
        for (std::size_t level = 0; level < levels; ++level) {
            (hits[level] & wanted).for_each([&](Slot slot) {
                const bool sorted = order.sorting != Sorting::none;
                Place place{.part = order.first ? part_of(static_cast<Level>(level), first.has(slot)) : 0,
                            .rank = rank_of(*block, slot, order),
                            .level = sorted ? Level::exact : static_cast<Level>(level),
                            .uncertified = !certified.has(slot),
                            .product = block->id(slot)};
                if (!after || place > *after) found.push_back(place);
            });
        }
    }
    const auto end = found.begin() + static_cast<std::ptrdiff_t>(std::min(limit, found.size()));
    std::partial_sort(found.begin(), end, found.end());
    found.erase(end, found.end());
    return found;
}

Finding::Counts Finding::counts(const Query& query, const Narrowing& narrowing) const {
    Counts counts;
    std::unordered_map<MerchantId, std::uint64_t> merchants;  // A thousand of them are found faster so.
    for (const auto& block : index_.blocks()) {
        const auto pass = passing(*block, narrowing, at_);
        const auto of_everybody = any_of(fitting(*block, query)) & sight_.in(*block);
        if (!of_everybody.any()) continue;
        (of_everybody & pass.county & pass.category & pass.scheme & pass.season).for_each([&](Slot slot) {
            ++merchants[block->entry(slot).merchant];
        });
        const auto fitting_all = of_everybody & pass.merchant;
        const auto of_county = fitting_all & pass.category & pass.scheme & pass.season;
        of_county.for_each([&](Slot slot) { ++counts.counties[block->entry(slot).county]; });
        (fitting_all & pass.county & pass.scheme & pass.season).for_each([&](Slot slot) {
            const auto category = block->entry(slot).category;
            if (category < counts.categories.size()) ++counts.categories[category];
        });
        (fitting_all & pass.county & pass.category & pass.scheme).for_each([&](Slot slot) {
            if (block->entry(slot).season) ++counts.season;
        });
        count_schemes(*block, fitting_all & pass.county & pass.category & pass.season, at_, counts);
        (of_county & pass.county).for_each([&](Slot) { ++counts.products; });
    }
    counts.merchants.insert(merchants.begin(), merchants.end());
    return counts;
}

}  // namespace shanhai::catalog::search
