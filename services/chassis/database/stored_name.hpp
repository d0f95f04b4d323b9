#pragma once

#include "vocabulary/trade.hpp"

#include <stdexcept>
#include <string>

namespace shanhai::database {

/// The value behind a wire name in a column. The schema's CHECK let it in: any other is a bug, and throws.
template <class E>
E stored_name(const std::string& name) {
    const auto value = from_wire_name<E>(name);
    if (!value) throw std::runtime_error{"the database holds an unknown name: " + name};
    return *value;
}

}  // namespace shanhai::database
