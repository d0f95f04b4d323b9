#pragma once

#include "orders/application/books.hpp"
#include "orders/domain/payment.hpp"

#include <functional>
#include <vector>

namespace shanhai::orders {

/// The reports' effect, in a transaction that may be part of a greater one (`around`, called after it with
/// the verdicts). Waits for locks, but not long: then what is locked is set aside (Verdict::set_aside) and
/// the rest applied.
using AroundReports = std::function<void(database::Session&, const std::vector<Verdict>&)>;
/// What to apply, read inside the transaction.
using ReportsToApply = std::function<std::vector<ProviderReport>(database::Session&)>;
Result<std::vector<Verdict>> apply_reports(const Books& books, const ReportsToApply& reports,
                                           const AroundReports& around);

/// Applies reports in a transaction of their own; wakes the relay.
Result<std::vector<Verdict>> apply_reports(const Books& books, const std::vector<ProviderReport>& reports);

/// As apply_reports, and when they cannot be applied together, each half is tried, so that one bad report
/// delays no other: it alone is put before a human (its attempt is quarantined). Fails only when the database
/// is away.
Result<std::vector<Verdict>> apply_reports_apart(const Books& books,
                                                 const std::vector<ProviderReport>& reports);

}  // namespace shanhai::orders
