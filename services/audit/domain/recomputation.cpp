#include "audit/domain/recomputation.hpp"

#include "chassis/security/crypto.hpp"

#include <algorithm>
#include <cstring>

namespace shanhai::audit {
namespace {

constexpr std::size_t differences_kept = 20;
constexpr std::string_view unallocated = "UNALLOCATED";

}  // namespace

void Recomputation::differs(std::string kind, std::string where, std::string detail) {
    ++differences_total;
    if (differences.size() < differences_kept)
        differences.push_back({std::move(kind), std::move(where), std::move(detail)});
}

std::set<Place> scopes_of(const std::set<Place>& places) {
    std::set<Place> scopes;
    for (const auto& [county, channel] : places) {
        scopes.insert({county, channel});
        scopes.insert({county, ""});
        scopes.insert({"", channel});
        scopes.insert({"", ""});
    }
    return scopes;
}

std::optional<std::string> flaw_in_credit(const Sale& sale, const std::vector<Pairing>& pairings) {
    const bool nobody = sale.credit.district == unallocated;
    if (nobody != (number(sale.credit.pairing) == 0) || nobody != (sale.credit.rule == unallocated))
        return "its district, pairing and rule contradict each other";
    if (nobody) return std::nullopt;
    const auto found = std::ranges::find(pairings, sale.credit.pairing, &Pairing::id);
    if (found == pairings.end()) return "its pairing is unknown";
    if (found->district_code != sale.credit.district || !covers(*found, sale.county_code))
        return "its pairing is of another district or county";
    return std::nullopt;
}

void MonthSums::Print::add(const Print& other, std::uint64_t times) {
    first += other.first * times;
    second += other.second * times;
}

MonthSums::Print MonthSums::print_of(const std::string& buyer, const Place& place) const {
    const auto digest = security::sha256(key_ + buyer + '\n' + place.first + '\n' + place.second);
    Print print;
    std::memcpy(&print.first, digest.data(), sizeof print.first);
    std::memcpy(&print.second, digest.data() + sizeof print.first, sizeof print.second);
    return print;
}

std::optional<std::string> MonthSums::add(const Sale& sale, const std::optional<std::string>& buyer) {
    std::optional<std::string> flaw;
    if (sale.order != order_) {
        finish();
        order_ = sale.order;
        erased_ = !buyer;
        if (sale.version >= 2 && sale.line != 1) flaw = "the lines of its order before it are missing";
    } else if (sale.version >= 2 && sale.line != line_ + 1) {
        flaw = "it is not the next line of its order";
    }
    line_ = sale.line;
    rollups_[rollup_key(sale)] += figures_of(sale);
    add_sale(days_, sale);
    if (!sale.counted) return flaw;
    const Place place{sale.county_code, sale.channel};
    places_.insert(place);
    if (buyer) buyers_[place].add(print_of(*buyer, place), 1);
    return flaw;
}

void MonthSums::finish() {
    for (const auto& scope : scopes_of(places_)) {
        auto& counts = counts_[scope];
        ++counts.orders;
        counts.erased += erased_ ? 1 : 0;
    }
    if (erased_ && !order_.empty()) ++erased_orders_;
    order_.clear();
    places_.clear();
}

}  // namespace shanhai::audit
