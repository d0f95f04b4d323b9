#include "audit/store/month_figures.hpp"

#include "audit/store/sale_day_store.hpp"

#include <map>
#include <set>

namespace shanhai::audit {
namespace {

constexpr std::size_t rows_at_once = 5000;

std::string named(const RollupKey& key) {
    return key.month + " county " + key.county_code + " merchant " + std::to_string(key.merchant) +
           " product " + std::to_string(key.product) + " lot " + std::to_string(key.lot) + " " + key.channel +
           " credited " + key.district;
}

std::string named(const std::string& month, const Place& place) {
    return month + (place.first.empty() ? " all counties" : " county " + place.first) +
           (place.second.empty() ? " all channels" : " " + place.second);
}

std::optional<std::string> first_difference(const Figures& told, const Figures& sum) {
    const std::pair<std::string_view, std::pair<std::int64_t, std::int64_t>> measures[] = {
        {"lines", {told.line_count, sum.line_count}},
        {"quantity", {told.quantity, sum.quantity}},
        {"weight_g", {told.weight.count(), sum.weight.count()}},
        {"gross_fen", {told.gross.count(), sum.gross.count()}},
        {"refund_fen", {told.refund.count(), sum.refund.count()}},
        {"uncounted_lines", {told.uncounted_lines, sum.uncounted_lines}},
        {"uncounted_fen", {told.uncounted.count(), sum.uncounted.count()}}};
    for (const auto& [name, values] : measures) {
        if (values.first == values.second) continue;
        return std::string{name} + " is " + std::to_string(values.first) + ", its entries make " +
               std::to_string(values.second);
    }
    return std::nullopt;
}

void check_rollups(database::Session& session, const std::string& month,
                   std::map<RollupKey, Figures> expected, Recomputation& found) {
    auto rows = session.query(
        "SELECT county_code, merchant_id, product_id, lot_id, channel, district, line_count, quantity, "
        "weight_g, gross_fen, refund_fen, uncounted_lines, uncounted_fen FROM rollup WHERE month = ?",
        month);
    while (rows.next()) {
        const RollupKey key{month,           rows.text(0), rows.natural(1), rows.natural(2),
                            rows.natural(3), rows.text(4), rows.text(5)};
        Figures told;
        told.line_count = rows.integer(6);
        told.quantity = rows.integer(7);
        told.weight = Gram{rows.integer(8)};
        told.gross = Fen{rows.integer(9)};
        told.refund = Fen{rows.integer(10)};
        told.uncounted_lines = rows.integer(11);
        told.uncounted = Fen{rows.integer(12)};
        const auto sum = expected.find(key);
        const auto flaw = sum == expected.end() ? std::optional<std::string>{"no entry makes this row"}
                                                : first_difference(told, sum->second);
        if (sum != expected.end()) expected.erase(sum);
        if (!flaw) continue;
        found.differs("rollup", named(key), *flaw);
        found.counties_differing.insert(key.county_code);
    }
    for (const auto& [key, sum] : expected) {
        found.differs("rollup", named(key), "this row is missing");
        found.counties_differing.insert(key.county_code);
    }
}

/// Reads who bought where in a month, in the order of buyers.
class BuyerCheck {
public:
    BuyerCheck(database::Session& session, const std::string& month, const MonthSums& sums)
        : session_{session}, month_{month}, sums_{sums} {}

    void run(Recomputation& found) {
        std::string after;
        while (read_after(after)) after = buyer_;
        finish_buyer();
        auto expected = sums_.buyers();
        for (const auto& [place, print] : prints_) expected.try_emplace(place);
        for (const auto& [place, print] : expected) {
            if (prints_[place] == print) continue;
            found.differs("buyers", named(month_, place), "who bought is not who the orders are linked to");
            found.counties_differing.insert(place.first);
        }
    }

    /// Buyers that are known still, by county and channel.
    const std::map<Place, std::int64_t>& live() const { return live_; }

private:
    /// Whole buyers only, so that the next piece begins with another one.
    bool read_after(const std::string& after) {
        auto rows = session_.query(
            "SELECT buyer, county_code, channel, line_count FROM month_buyer WHERE month = ? AND buyer > ? "
            "AND "
            "buyer <= COALESCE((SELECT buyer FROM month_buyer WHERE month = ? AND buyer > ? ORDER BY buyer "
            "LIMIT 1 OFFSET ?), '~~~') ORDER BY buyer",
            month_, after, month_, after, rows_at_once);
        bool any = false;
        while (rows.next()) {
            any = true;
            take(rows.text(0), {rows.text(1), rows.text(2)}, rows.integer(3));
        }
        return any;
    }

    void take(const std::string& buyer, const Place& place, std::int64_t lines) {
        if (buyer != buyer_) finish_buyer();
        buyer_ = buyer;
        places_.insert(place);
        prints_[place].add(sums_.print_of(buyer, place), static_cast<std::uint64_t>(lines));
    }

    void finish_buyer() {
        for (const auto& scope : scopes_of(places_)) ++live_[scope];
        places_.clear();
    }

    database::Session& session_;
    const std::string& month_;
    const MonthSums& sums_;
    std::string buyer_;
    std::set<Place> places_;
    std::map<Place, MonthSums::Print> prints_;
    std::map<Place, std::int64_t> live_;
};

struct ToldCounts {
    std::int64_t orders = 0;
    std::int64_t buyers = 0;
};

std::map<Place, ToldCounts> read_counts(database::Session& session, const std::string& month) {
    auto rows =
        session.query("SELECT county_code, channel, orders, buyers FROM month_count WHERE month = ?", month);
    std::map<Place, ToldCounts> told;
    while (rows.next()) told[{rows.text(0), rows.text(1)}] = {rows.integer(2), rows.integer(3)};
    return told;
}

/// Buyers of erased orders cannot be counted again: each is at most one more.
std::optional<std::string> flaw_in_counts(const ToldCounts& told, const MonthSums::Counts& sum,
                                          std::int64_t live_buyers) {
    if (told.orders != sum.orders) {
        return "orders is " + std::to_string(told.orders) + ", its entries make " +
               std::to_string(sum.orders);
    }
    if (told.buyers >= live_buyers && told.buyers <= live_buyers + sum.erased) return std::nullopt;
    return "buyers is " + std::to_string(told.buyers) + ", its orders make " + std::to_string(live_buyers) +
           (sum.erased > 0 ? " and at most " + std::to_string(sum.erased) + " forgotten ones" : "");
}

void check_counts(database::Session& session, const std::string& month, const MonthSums& sums,
                  const std::map<Place, std::int64_t>& live, Recomputation& found) {
    const auto told = read_counts(session, month);
    auto places = sums.counts();
    for (const auto& [place, counts] : told) places.try_emplace(place);
    for (const auto& [place, sum] : places) {
        const auto row = told.find(place);
        const auto buyers = live.find(place);
        const auto flaw = flaw_in_counts(row == told.end() ? ToldCounts{} : row->second, sum,
                                         buyers == live.end() ? 0 : buyers->second);
        if (!flaw) continue;
        found.differs("count", named(month, place), *flaw);
        if (!place.first.empty()) found.counties_differing.insert(place.first);
    }
}

}  // namespace

void check_figures(database::Session& session, const std::string& month, const MonthSums& sums,
                   Recomputation& found) {
    check_rollups(session, month, sums.rollups(), found);
    const auto known = Month::parse(month);
    if (known) check_sale_days(session, *known, sums.days(), found);
    if (!known) found.differs("rollup", month, "there is no such month");
    BuyerCheck buyers{session, month, sums};
    buyers.run(found);
    check_counts(session, month, sums, buyers.live(), found);
}

}  // namespace shanhai::audit
