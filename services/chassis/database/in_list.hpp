#pragma once

#include "chassis/database/session.hpp"

#include <string>

namespace shanhai::database {

/// "(1,2,3)" for an IN clause, of what `key` makes of each item; the items must not be empty.
template <class Items, class Key>
std::string in_list(const Items& items, Key key) {
    std::string list;
    for (const auto& item : items) {
        list += list.empty() ? '(' : ',';
        list += Literal{key(item)}.text();
    }
    return list + ')';
}

template <class Items>
std::string in_list(const Items& items) {
    return in_list(items, [](const auto& item) { return item; });
}

}  // namespace shanhai::database
