#pragma once

#include "chassis/database/session.hpp"
#include "vocabulary/households.hpp"

namespace shanhai::certification {

/// As two columns have them that stand beside each other; NULL: nobody said.
struct HouseholdColumns {
    std::optional<std::int64_t> households;
    std::optional<std::int64_t> people;
};

inline HouseholdColumns columns_of(const std::optional<Households>& counted) {
    if (!counted) return {};
    return {counted->count, counted->people};
}

/// Those of that column and the people of the next.
inline std::optional<Households> households_in(const database::Rows& rows, unsigned column) {
    const auto count = rows.optional_integer(column);
    if (!count) return std::nullopt;
    return Households{*count, rows.optional_integer(column + 1)};
}

}  // namespace shanhai::certification
