#include "tools/sample_orders.hpp"

#include <algorithm>
#include <array>

namespace shanhai::tools {
namespace {

constexpr std::uint64_t days_back = 365;
constexpr std::array<std::uint64_t, 12> month_weights{13, 8, 7, 8, 11, 9, 7, 7, 9, 9, 11, 12};
constexpr std::array<std::uint64_t, 24> hour_weights{1, 1, 1, 1, 1, 2,  5,  12, 14, 8,  7, 8,
                                                     9, 8, 6, 6, 7, 10, 14, 13, 12, 11, 7, 3};
constexpr std::uint64_t bulk_quantity_min = 6;

/// How often a channel is chosen, compared with others; 0 stands for the shop itself.
std::uint64_t weight_of(const SamplePlacement* placement) {
    if (placement == nullptr) return 60;
    if (placement->channel == "METRO_QR") return 14;
    if (placement->channel == "LIVESTREAM") return 25;
    if (placement->channel == "EVENT") return 20;
    return 10;
}

/// Line 2 runs from half past five to half past eleven at night.
bool runs_at(const SamplePlacement& placement, Instant at) {
    if (at < placement.from || at >= placement.to) return false;
    if (placement.channel != "METRO_QR") return true;
    const auto since_midnight = at - start_of(shanghai_date(at));
    return since_midnight >= std::chrono::minutes{5 * 60 + 30} &&
           since_midnight < std::chrono::minutes{23 * 60 + 30};
}

bool buys_in_bulk(const SamplePlacement* placement) {
    if (placement == nullptr) return false;
    for (const auto* channel : {"INST_GOV", "INST_CANTEEN", "WHOLESALE", "ENTERPRISE"}) {
        if (placement->channel == channel) return true;
    }
    return false;
}

}  // namespace

bool SampleGoods::certified_on(Date day) const {
    return std::ranges::any_of(certified,
                               [day](const Days& days) { return days.from <= day && day < days.to; });
}

OrderMaker::OrderMaker(std::vector<SampleGoods> goods, std::vector<SamplePlacement> placements, Date today,
                       std::uint64_t seed)
    : goods_{std::move(goods)},
      placements_{std::move(placements)},
      today_{today},
      seed_{seed},
      random_{seed} {}

std::uint64_t OrderMaker::below(std::uint64_t bound) { return bound < 2 ? 0 : random_() % bound; }

template <class Weight>
std::size_t OrderMaker::chosen(std::size_t count, Weight weight) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < count; ++i) sum += weight(i);
    if (sum == 0) return count;
    auto rest = below(sum);
    for (std::size_t i = 0; i < count; ++i) {
        if (rest < weight(i)) return i;
        rest -= weight(i);
    }
    return count;
}

std::vector<Instant> OrderMaker::moments(std::uint64_t count) {
    const auto first = today_ - std::chrono::days{days_back};
    const auto day_weight = [&](std::size_t i) {
        const std::chrono::year_month_day day{first + std::chrono::days{i}};
        return month_weights[static_cast<unsigned>(day.month()) - 1];
    };
    std::vector<Instant> moments;
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto day = first + std::chrono::days{chosen(days_back, day_weight)};
        const auto hour = chosen(hour_weights.size(), [](std::size_t at) { return hour_weights[at]; });
        moments.push_back(start_of(day) + std::chrono::hours{hour} + std::chrono::seconds{below(3600)});
    }
    std::ranges::sort(moments);
    return moments;
}

const SamplePlacement* OrderMaker::placement_at(Instant at) {
    std::vector<const SamplePlacement*> running{nullptr};
    for (const auto& placement : placements_) {
        if (runs_at(placement, at)) running.push_back(&placement);
    }
    return running[chosen(running.size(), [&](std::size_t i) { return weight_of(running[i]); })];
}

const SampleGoods* OrderMaker::goods_for(const SamplePlacement* placement, Date day) {
    const auto weight = [&](std::size_t i) -> std::uint64_t {
        const auto& one = goods_[i];
        if (!one.certified_on(day)) return 0;
        // Who scanned a screen mostly buys what it showed.
        const bool shown = placement != nullptr &&
                           std::ranges::find(placement->products, one.product) != placement->products.end();
        return static_cast<std::uint64_t>(one.popularity) * (shown ? 40 : 1);
    };
    const auto found = chosen(goods_.size(), weight);
    return found == goods_.size() ? nullptr : &goods_[found];
}

std::int64_t OrderMaker::quantity_of(const SampleGoods& goods, const SamplePlacement* placement) {
    const auto most = static_cast<std::uint64_t>(goods.quantity_max);
    if (buys_in_bulk(placement)) {
        return static_cast<std::int64_t>(std::min(most, bulk_quantity_min + below(most)));
    }
    constexpr std::array<std::uint64_t, 8> usual{1, 1, 1, 1, 2, 2, 3, 4};
    return static_cast<std::int64_t>(std::min(most, usual[below(usual.size())]));
}

SampleOrderPlan OrderMaker::plan(Instant at, std::uint64_t number, std::uint64_t buyers) {
    SampleOrderPlan plan;
    plan.key = key_of(number);
    plan.at = at;
    plan.buyer = static_cast<std::int64_t>(below(buyers));
    plan.paid_after_seconds = static_cast<std::int64_t>(15 + below(400));
    const auto* const placement = placement_at(at);
    if (placement != nullptr) plan.placement = placement->placement;
    const auto lines = 1 + (below(4) == 0 ? 1 + below(2) : 0);
    for (std::uint64_t i = 0; i < lines; ++i) {
        const auto* const goods = goods_for(placement, shanghai_date(at));
        if (goods == nullptr) break;
        const auto same = [&](const SampleLine& line) { return line.sku == goods->sku; };
        if (std::ranges::any_of(plan.lines, same)) continue;
        plan.lines.push_back({goods->sku, quantity_of(*goods, placement)});
    }
    return plan;
}

/// Other orders are made for another count, so it is part of the name.
std::string OrderMaker::key_of(std::uint64_t number) const {
    return "seed-" + std::to_string(seed_) + "-" + date_text(today_) + "-" + std::to_string(count_) + "-" +
           std::to_string(number);
}

std::vector<SampleOrderPlan> OrderMaker::make(std::uint64_t count) {
    count_ = count;
    const auto buyers = std::max<std::uint64_t>(1, count * 2 / 5);  // Some come again.
    std::vector<SampleOrderPlan> plans;
    std::uint64_t number = 0;
    for (const auto at : moments(count)) {
        auto one = plan(at, ++number, buyers);
        if (!one.lines.empty()) plans.push_back(std::move(one));
    }
    for (auto& one : paid_too_late(number, buyers)) plans.push_back(std::move(one));
    std::ranges::stable_sort(plans, {}, &SampleOrderPlan::at);
    return plans;
}

std::vector<SampleOrderPlan> OrderMaker::paid_too_late(std::uint64_t number, std::uint64_t buyers) {
    std::vector<SampleOrderPlan> plans;
    for (const auto& goods : goods_) {
        for (const auto& [from, to] : goods.certified) {
            if (to < today_ - std::chrono::days{days_back} || to >= today_ || goods.certified_on(to))
                continue;
            SampleOrderPlan plan;
            plan.at = start_of(to) - std::chrono::seconds{60 + below(180)};
            plan.key = key_of(++number);
            plan.buyer = static_cast<std::int64_t>(below(buyers));
            plan.paid_after_seconds = 270;  // Within the order's time, and after midnight.
            plan.lines.push_back({goods.sku, 1});
            plans.push_back(std::move(plan));
        }
    }
    return plans;
}

}  // namespace shanhai::tools
