#pragma once

#include "audit/domain/report.hpp"
#include "vocabulary/ids.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace shanhai::audit {

/// For what a merchant's sales are summed up.
struct SaleDayKey {
    std::uint64_t merchant = 0;
    Date day{};  ///< Of the payment, in Shanghai.
    std::string channel;
    std::uint64_t product = 0;

    friend auto operator<=>(const SaleDayKey&, const SaleDayKey&) = default;
};

/// The auditor's figures, and how many packs the lines had that do not count.
struct SaleFigures {
    Figures figures;
    std::int64_t uncounted_quantity = 0;

    SaleFigures& operator+=(const SaleFigures& other);
    friend bool operator==(const SaleFigures&, const SaleFigures&) = default;
};

using SaleDays = std::map<SaleDayKey, SaleFigures>;

/// Adds what one ledger line sells.
void add_sale(SaleDays& days, const Sale& sale);

/// Whole days of Shanghai, both included.
struct DayRange {
    static constexpr std::chrono::days length_max{366};

    Date first{};
    Date last{};
};

/// One row of a merchant's sales: of a day, a channel or a product.
struct SalesRow {
    std::string key;   ///< "2026-05-04", "METRO_QR", a product's id.
    std::string name;  ///< A product's; else empty.
    SaleFigures figures;
};

/// A merchant's sales in a range of days, three times the same sums.
struct MerchantSales {
    std::vector<SalesRow> by_day;  ///< Days with sales, oldest first.
    std::vector<SalesRow> by_channel;
    std::vector<SalesRow> by_product;  ///< The two, largest net first.

    SaleFigures totals() const;
};

/// One line of the table for spreadsheets.
struct SalesLine {
    SaleDayKey key;
    std::string product_name;
    SaleFigures figures;
};

}  // namespace shanhai::audit
