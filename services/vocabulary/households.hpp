#pragma once

#include "vocabulary/result.hpp"

#include <cstdint>
#include <optional>

namespace shanhai {

/// How many households (户) of a county contracts cover, by which goods are bought or work is given
/// (联农带农), and how many people live in them, where that was said.
struct Households {
    static constexpr std::int64_t count_max = 100'000;
    static constexpr std::int64_t people_max = 1'000'000;

    std::int64_t count = 0;
    std::optional<std::int64_t> people{};

    /// 422 `/people`: in each household lives somebody, and in none nobody.
    std::optional<Error> fault() const {
        if (!people || (*people >= count && (count > 0 || *people == 0))) return std::nullopt;
        return invalid_field("/people", "at least one person lives in each household, and nobody in none");
    }

    friend bool operator==(const Households&, const Households&) = default;
};

}  // namespace shanhai
