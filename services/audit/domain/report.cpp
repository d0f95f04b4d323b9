#include "audit/domain/report.hpp"

namespace shanhai::audit {

Figures& Figures::operator+=(const Figures& other) {
    line_count += other.line_count;
    quantity += other.quantity;
    weight += other.weight;
    gross += other.gross;
    refund += other.refund;
    uncounted_lines += other.uncounted_lines;
    uncounted += other.uncounted;
    return *this;
}

Figures figures_of(const Sale& sale) {
    Figures figures;
    if (sale.counted) {
        figures.line_count = 1;
        figures.quantity = sale.quantity;
        figures.weight = sale.weight;
        figures.gross = sale.total;
    } else {
        figures.uncounted_lines = 1;
        figures.uncounted = sale.total;
    }
    return figures;
}

RollupKey rollup_key(const Sale& sale) {
    return {Month::of(sale.paid_at).text(),
            sale.county_code,
            number(sale.merchant),
            number(sale.product),
            number(sale.lot),
            sale.channel,
            sale.credit.district};
}

}  // namespace shanhai::audit
