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

}  // namespace shanhai::audit
