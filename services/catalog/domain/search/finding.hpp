#pragma once

#include "catalog/domain/catalogue.hpp"
#include "catalog/domain/search/hits.hpp"
#include "catalog/domain/search/index.hpp"

#include <array>
#include <compare>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace shanhai::catalog::search {

/// What a reader may see of the goods.
struct Sight {
    const Registry& facts;
    Reader reader{};
    bool unlisted_too = false;

    Slots in(const Block& block) const;
};

/// Which goods are wanted beside those that fit the words.
struct Narrowing {
    std::optional<CountyCode> county;
    std::optional<std::vector<std::uint32_t>> area;  ///< The counties of one, ascending.
    std::optional<std::string> category;
    std::optional<SchemeCode> scheme;  ///< Certified under it now.
    std::optional<MerchantId> merchant;
    bool season = false;  ///< Said to be in season by its house.
};

/// What a list is sorted by, where somebody chose it.
enum class Sorting : std::uint8_t {
    none,  ///< By how well it fits, certified ones first.
    price_ascending,
    price_descending,
    newest,  ///< What was added last comes first.
};

/// Where a product stands in a list. What is certified, and what it costs, is as it was when the list began:
/// what changes while somebody leafs moves nothing, so that no page repeats or skips.
struct Place {
    /// Where a scheme comes first, 0: certified under it, 1: not; 2 and 3 the same of what words fit, but no
    /// name.
    int part = 0;
    std::uint64_t rank = 0;  ///< By what the list is sorted by; 0 where nobody chose.
    Level level = Level::exact;
    bool uncertified = false;
    ProductId product{};  ///< 0 is before all others.

    friend auto operator<=>(const Place&, const Place&) = default;
};

/// A list's order: by places as they were at that moment.
struct Order {
    std::optional<SchemeCode> first;
    Instant began;
    Sorting sorting = Sorting::none;
};

/// What can be found at a moment.
class Finding {
public:
    Finding(const Index& index, const Sight& sight, Instant at) : index_{index}, sight_{sight}, at_{at} {}

    /// Whether anything fits, in whatever county and category.
    bool any(const Query& query) const;
    /// The first `limit` places behind `after` of what fits, in their order. Without words everything fits.
    std::vector<Place> places(const Query& query, const Narrowing& narrowing, const Order& order,
                              const std::optional<Place>& after, std::size_t limit) const;

    /// How many products there would be of each county, category, scheme and merchant: each counts what all
    /// other choices leave; county and area are one.
    struct Counts {
        std::uint64_t products = 0;
        std::map<std::uint32_t, std::uint64_t> counties;
        std::array<std::uint64_t, 64> categories{};
        std::map<SchemeCode, std::uint64_t> schemes;
        std::map<MerchantId, std::uint64_t> merchants;
        std::uint64_t season = 0;
    };
    Counts counts(const Query& query, const Narrowing& narrowing) const;

private:
    Hits fitting(const Block& block, const Query& query) const;

    const Index& index_;
    const Sight& sight_;
    Instant at_;
};

}  // namespace shanhai::catalog::search
