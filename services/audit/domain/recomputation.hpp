#pragma once

#include "audit/domain/credit.hpp"
#include "audit/domain/merkle.hpp"
#include "audit/domain/report.hpp"
#include "audit/domain/sale_days.hpp"
#include "audit/domain/signed_note.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace shanhai::audit {

/// One thing that is not what the ledger's own bytes make it.
struct Difference {
    std::string kind;    ///< "checkpoint", "tile", "entry", "rollup", "count" or "buyers".
    std::string where;   ///< Which one: "level 0 tile 3", "entry 17", a rollup's key.
    std::string detail;  ///< A sentence.
};

/// What recomputing found. `equal` is the whole verdict.
struct Recomputation {
    std::optional<std::string> month;  ///< Nothing: all months.
    Checkpoint checkpoint;             ///< The signed one that everything was compared with.
    std::uint64_t entries = 0;         ///< Read and compared.
    std::uint64_t hashes_differing = 0;
    std::set<std::string> counties_differing;
    std::uint64_t differences_total = 0;
    std::vector<Difference> differences;  ///< The first ones.
    std::uint64_t credits_differing = 0;  ///< Entries that today's pairings would credit otherwise.
    std::uint64_t erased_orders = 0;      ///< Whose buyers nobody can count again.

    void differs(std::string kind, std::string where, std::string detail);
    bool equal() const { return differences_total == 0; }
};

/// County and channel; an empty text stands for all of them.
using Place = std::pair<std::string, std::string>;
/// The four sums that a sale of a county through a channel belongs to.
std::set<Place> scopes_of(const std::set<Place>& places);

/// What an entry must be by itself: a district if and only if there is a pairing, of that district and the
/// lot's county. Returns what it is not.
std::optional<std::string> flaw_in_credit(const Sale& sale, const std::vector<Pairing>& pairings);

/// Adds up a month's entries, in ledger order. Its memory grows with the month's rollups, days and orders
/// being read, not with its lines.
class MonthSums {
public:
    /// A linear fingerprint of a set of texts with counts: equal sets have equal ones, and who does not know
    /// the run's random key cannot make others.
    struct Print {
        std::uint64_t first = 0;
        std::uint64_t second = 0;
        void add(const Print& other, std::uint64_t times);
        friend bool operator==(const Print&, const Print&) = default;
    };
    struct Counts {
        std::int64_t orders = 0;
        std::int64_t erased = 0;  ///< Orders whose buyer was forgotten.
    };

    explicit MonthSums(std::string key) : key_{std::move(key)} {}

    /// `buyer` is nothing when the order was erased. Returns what is wrong with the line's place in its
    /// order.
    std::optional<std::string> add(const Sale& sale, const std::optional<std::string>& buyer);
    /// After the last entry.
    void finish();

    Print print_of(const std::string& buyer, const Place& place) const;

    const std::map<RollupKey, Figures>& rollups() const { return rollups_; }
    const SaleDays& days() const { return days_; }
    const std::map<Place, Counts>& counts() const { return counts_; }
    const std::map<Place, Print>& buyers() const { return buyers_; }
    std::uint64_t erased_orders() const { return erased_orders_; }

private:
    std::string key_;
    std::map<RollupKey, Figures> rollups_;
    SaleDays days_;
    std::map<Place, Counts> counts_;
    std::map<Place, Print> buyers_;
    std::uint64_t erased_orders_ = 0;
    std::string order_;  ///< The one being read, its last line, and where its counted lines belong.
    std::uint64_t line_ = 0;
    bool erased_ = false;
    std::set<Place> places_;
};

}  // namespace shanhai::audit
