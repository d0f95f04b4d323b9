#pragma once

#include "audit/domain/entry.hpp"
#include "vocabulary/money.hpp"
#include "vocabulary/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace shanhai::audit {

/// The measures of a set of ledger lines. Counted lines were certified at payment; the others are
/// shown beside them and never added to them. Net is gross minus refunds.
struct Figures {
    std::int64_t line_count = 0;
    std::int64_t quantity = 0;
    Gram weight;
    Fen gross;
    Fen refund;
    std::int64_t uncounted_lines = 0;
    Fen uncounted;

    Fen net() const { return gross - refund; }
    Figures& operator+=(const Figures& other);
    friend bool operator==(const Figures&, const Figures&) = default;
};

/// What one ledger line adds.
Figures figures_of(const Sale& sale);

/// What a rollup is kept for: every dimension that reports narrow or group by.
struct RollupKey {
    std::string month;
    std::string county_code;
    std::uint64_t merchant = 0;
    std::uint64_t product = 0;
    std::uint64_t lot = 0;
    std::string channel;
    std::string district;

    friend auto operator<=>(const RollupKey&, const RollupKey&) = default;
};
RollupKey rollup_key(const Sale& sale);

/// One row of a report: what it is about, by code or id, and its figures.
struct ReportRow {
    std::string key;   ///< "530624", a merchant's id, "METRO_QR" …
    std::string name;  ///< For people; empty when none is known.
    Figures figures;
};

/// A county's row in a month's report.
struct CountyRow {
    ReportRow row;
    std::int64_t orders = 0;  ///< With counted lines of this county, under the filter; each once.
    std::int64_t buyers = 0;  ///< The same of buyers.
    std::vector<ReportRow> by_channel;
};

/// A month by county. An order or buyer of two counties counts once in the totals.
struct MonthReport {
    std::vector<CountyRow> counties;
    std::int64_t orders = 0;
    std::int64_t buyers = 0;
};

/// What part of the ledger a question is about; each member narrows it.
struct Scope {
    Month month;
    std::optional<std::string> county_code;
    std::optional<std::uint64_t> merchant;
    std::optional<std::uint64_t> product;
    std::optional<std::uint64_t> lot;
    std::optional<std::string> channel;
};

/// By what a report's rows are grouped.
enum class Grouping { county, merchant, product, lot, channel, district };

/// A ledger line as the drill-down's last level shows it.
struct LedgerLine {
    std::uint64_t index = 0;
    std::string entry;  ///< The canonical JSON.
};

}  // namespace shanhai::audit
