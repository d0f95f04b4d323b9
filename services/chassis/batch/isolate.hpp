#pragma once

#include "vocabulary/result.hpp"

#include <span>
#include <utility>

namespace shanhai::batch {

/// Works many things off together, and none of them is kept from it by another that cannot be worked off.
///
/// `together(items)` does all or nothing; where there are none it is not called. Where it fails by a fault of
/// the things themselves (Failure::internal), it is tried with each half, down to the single one, with which
/// `alone(item)` is called: to set it aside, and say so. p bad ones among n cost at most 2·p·(log₂ n + 1) + 1
/// tries. Any other failure, of `alone` too, ends it: then what was done stays done, and who calls again
/// finds the rest. `join(first, second)` adds up what the halves returned.
template <class Item, class Together, class Alone, class Join>
auto isolate(std::span<const Item> items, const Together& together, const Alone& alone, const Join& join)
    -> decltype(together(items)) {
    if (items.empty()) return typename decltype(together(items))::Value{};
    auto all = together(items);
    if (all || all.error().kind() != Failure::internal) return all;
    if (items.size() == 1) return alone(items.front());
    auto first = isolate(items.first(items.size() / 2), together, alone, join);
    if (!first) return first;
    auto second = isolate(items.subspan(items.size() / 2), together, alone, join);
    if (!second) return second;
    join(*first, std::move(*second));
    return first;
}

}  // namespace shanhai::batch
