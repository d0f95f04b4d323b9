#pragma once

#include "vocabulary/time.hpp"

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace shanhai::tools {

/// What a sample order may hold: one SKU and the days on which it was certified.
struct SampleGoods {
    std::int64_t sku = 0;
    std::int64_t product = 0;
    std::int64_t price_fen = 0;
    std::int64_t quantity_max = 1;
    std::int64_t popularity = 1;  ///< How often it is chosen, compared with others.
    struct Days {
        Date from;
        Date to;
    };
    std::vector<Days> certified;

    bool certified_on(Date day) const;
};

/// Where a sample order may come from.
struct SamplePlacement {
    std::int64_t placement = 0;
    std::string channel;
    Instant from{};  ///< Half-open, its campaign's.
    Instant to{};
    std::vector<std::int64_t> products;  ///< What it shows.
};

struct SampleLine {
    std::int64_t sku = 0;
    std::int64_t quantity = 1;
};

struct SampleOrderPlan {
    std::string key;
    Instant at{};
    std::int64_t placement = 0;  ///< 0: none, the shop itself.
    std::vector<SampleLine> lines;
    std::int64_t buyer = 0;  ///< Which of the invented buyers.
    std::int64_t paid_after_seconds = 0;
};

/// Makes up the orders of a year that ends before `today`: more before the Spring Festival, in May and in
/// autumn; more on the way to work and in the evening; most from the metro. The same arguments give the same
/// orders on every machine.
class OrderMaker {
public:
    OrderMaker(std::vector<SampleGoods> goods, std::vector<SamplePlacement> placements, Date today,
               std::uint64_t seed);

    /// `count` plans in the order of their moments, and a few that were paid when the certification of their
    /// goods had just lapsed.
    std::vector<SampleOrderPlan> make(std::uint64_t count);

private:
    /// A whole number below `bound`; the standard distributions differ between libraries.
    std::uint64_t below(std::uint64_t bound);
    template <class Weight>
    std::size_t chosen(std::size_t count, Weight weight);

    std::vector<Instant> moments(std::uint64_t count);
    /// Ordered a few minutes before a certification lapsed and paid a few after: sold, and not counted.
    std::vector<SampleOrderPlan> paid_too_late(std::uint64_t number, std::uint64_t buyers);
    std::string key_of(std::uint64_t number) const;
    SampleOrderPlan plan(Instant at, std::uint64_t number, std::uint64_t buyers);
    const SamplePlacement* placement_at(Instant at);
    const SampleGoods* goods_for(const SamplePlacement* placement, Date day);
    std::int64_t quantity_of(const SampleGoods& goods, const SamplePlacement* placement);

    std::vector<SampleGoods> goods_;
    std::vector<SamplePlacement> placements_;
    Date today_;
    std::uint64_t seed_;
    std::uint64_t count_ = 0;  ///< How many were asked for last.
    std::mt19937_64 random_;
};

}  // namespace shanhai::tools
