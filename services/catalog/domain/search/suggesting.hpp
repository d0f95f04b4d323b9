#pragma once

#include "catalog/domain/search/finding.hpp"
#include "catalog/domain/search/known_names.hpp"

#include <string_view>
#include <vector>

namespace shanhai::catalog::search {

/// What somebody may be about to type, told while they do.
struct Suggestions {
    static constexpr std::size_t most = 8;         ///< Of all together.
    static constexpr std::size_t most_a_kind = 2;  ///< Of counties, and of categories.

    struct OfCounty {
        std::uint32_t county = 0;
        std::uint64_t products = 0;
    };
    struct OfCategory {
        std::size_t place = 0;
        std::uint64_t products = 0;
    };
    std::vector<OfCounty> counties;      ///< Those with products, most first.
    std::vector<OfCategory> categories;  ///< The same.
    std::vector<ProductId>
        products;  ///< As a search orders them; more than `most`, for some are called alike.
};

/// What begins with the text, or is spelled so as far as it goes.
Suggestions suggestions_for(std::string_view text, const Index& index, const KnownNames& names,
                            const Sight& sight, Instant at);

}  // namespace shanhai::catalog::search
