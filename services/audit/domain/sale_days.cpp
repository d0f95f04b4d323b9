#include "audit/domain/sale_days.hpp"

namespace shanhai::audit {

SaleFigures& SaleFigures::operator+=(const SaleFigures& other) {
    figures += other.figures;
    uncounted_quantity += other.uncounted_quantity;
    return *this;
}

void add_sale(SaleDays& days, const Sale& sale) {
    SaleFigures sold{figures_of(sale), sale.counted ? 0 : sale.quantity};
    days[{number(sale.merchant), shanghai_date(sale.paid_at), sale.channel, number(sale.product)}] += sold;
}

SaleFigures MerchantSales::totals() const {
    SaleFigures total;
    for (const auto& row : by_day) total += row.figures;
    return total;
}

}  // namespace shanhai::audit
