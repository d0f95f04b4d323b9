#include "certification/domain/figures.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <utility>

namespace shanhai::certification {
namespace {

std::vector<Group> grouped(const std::vector<Cell>& cells, std::string Cell::*by) {
    std::map<std::string, Counts> sums;
    for (const auto& cell : cells) sums[cell.*by] += cell.counts;
    std::vector<Group> groups;
    for (const auto& [name, counts] : sums) groups.push_back({name, counts});
    std::ranges::stable_sort(groups, std::ranges::greater{},
                             [](const Group& group) { return group.counts.applied; });
    return groups;
}

/// The hours that so many tenths of all took at most: the nearest rank. `waits` are in the order of their
/// hours.
std::chrono::hours within(std::span<const Waited> waits, std::int64_t all, std::int64_t tenths) {
    std::int64_t place = 0;
    for (const auto& wait : waits) {
        place += wait.count;
        if (10 * place >= tenths * all) return wait.hours;
    }
    return {};
}

}  // namespace

Counts& Counts::operator+=(const Counts& other) {
    applied += other.applied;
    returned += other.returned;
    recommended += other.recommended;
    certified += other.certified;
    rejected += other.rejected;
    withdrawn += other.withdrawn;
    suspended += other.suspended;
    return *this;
}

std::vector<Wait> ranked(std::vector<Waited> waits) {
    std::ranges::sort(waits, {}, [](const Waited& wait) { return std::pair{wait.action, wait.hours}; });
    std::vector<Wait> all;
    for (auto from = waits.begin(); from != waits.end();) {
        const auto to =
            std::find_if(from, waits.end(), [&](const Waited& one) { return one.action != from->action; });
        std::int64_t count = 0;
        for (auto one = from; one != to; ++one) count += one->count;
        const std::span<const Waited> same{from, to};
        all.push_back({from->action, count, within(same, count, 5), within(same, count, 9)});
        from = to;
    }
    return all;
}

Figures add_up(const std::vector<Cell>& cells, std::vector<Wait> waits) {
    Figures figures{{}, {}, {}, {}, std::move(waits)};
    for (const auto& cell : cells) figures.total += cell.counts;
    figures.schemes = grouped(cells, &Cell::scheme);
    figures.counties = grouped(cells, &Cell::county);
    figures.categories = grouped(cells, &Cell::category);
    return figures;
}

}  // namespace shanhai::certification
