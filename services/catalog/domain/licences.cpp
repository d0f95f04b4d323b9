#include "catalog/domain/licences.hpp"

#include <algorithm>

namespace shanhai::catalog {

std::optional<Date> Licences::until() const {
    if (!business_until) return food_until;
    if (!food_until) return business_until;
    return std::min(*business_until, *food_until);
}

std::optional<Date> Licences::check_due() const {
    if (!checked_on) return std::nullopt;
    const auto yearly = *checked_on + check_every;
    const auto end = until();
    return end ? std::min(*end, yearly) : yearly;
}

bool Licences::lapsed(Date today) const {
    const auto due = check_due();
    return due && *due < today;
}

}  // namespace shanhai::catalog
