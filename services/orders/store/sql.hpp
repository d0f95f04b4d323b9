#pragma once

#include "chassis/database/session.hpp"

#include <string>

namespace shanhai::orders {

/// "(1,2,3)" for an IN clause, of what `key` makes of each item; the items must not be empty.
template <class Items, class Key>
std::string in_list(const Items& items, Key key) {
    std::string list;
    for (const auto& item : items) {
        list += list.empty() ? '(' : ',';
        list += database::Literal{key(item)}.text();
    }
    return list + ')';
}

template <class Items>
std::string in_list(const Items& items) {
    return in_list(items, [](const auto& item) { return item; });
}

/// "CASE order_id WHEN 1 THEN 'x' … END": another value for each row of one UPDATE.
class Cases {
public:
    explicit Cases(const std::string& column) : text_{"CASE " + column} {}

    void add(const database::Literal& key, const database::Literal& value) {
        text_ += " WHEN " + key.text() + " THEN " + value.text();
    }
    std::string text() const { return text_ + " END"; }

private:
    std::string text_;
};

}  // namespace shanhai::orders
