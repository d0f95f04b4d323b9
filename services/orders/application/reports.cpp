#include "orders/application/reports.hpp"

#include "chassis/batch/isolate.hpp"
#include "chassis/observe/log.hpp"
#include "orders/application/quarantine.hpp"
#include "orders/application/report_run.hpp"

namespace shanhai::orders {

Result<std::vector<Verdict>> apply_reports(const Books& books, const ReportsToApply& reports,
                                           const AroundReports& around) {
    Patience patience;
    bool other_lots = false;
    bool told = false;
    std::vector<OrderId> over;
    const auto work = [&](database::Session& session) -> Result<std::vector<Verdict>> {
        return patience.watch([&](Locking locking) {
            ReportRun settlement{session, books, {locking, other_lots}};
            auto made = settlement.apply(reports(session));
            if (around) around(session, made);
            told = settlement.told_facts();
            over = settlement.over();
            return made;
        });
    };
    const auto once = [&] {
        return books.pool.transact_blocking([&](database::Session& session) -> Result<std::vector<Verdict>> {
            try {
                return work(session);
            } catch (const OtherLotsNeeded&) {
                other_lots = true;
                return Error{Failure::unavailable, "other-lots-needed", "try again"};
            }
        });
    };
    auto verdicts = once();
    if (!verdicts && other_lots) verdicts = once();
    if (!verdicts) return verdicts;
    if (books.holds != nullptr) books.holds->release(over);
    if (told) books.committed();
    return verdicts;
}

Result<std::vector<Verdict>> apply_reports(const Books& books, const std::vector<ProviderReport>& reports) {
    if (reports.empty()) return std::vector<Verdict>{};
    return apply_reports(
        books, [&](database::Session&) { return reports; }, nullptr);
}

Result<std::vector<Verdict>> apply_reports_apart(const Books& books,
                                                 const std::vector<ProviderReport>& reports) {
    using Verdicts = Result<std::vector<Verdict>>;
    const auto together = [&](std::span<const ProviderReport> some) {
        return apply_reports(books, std::vector(some.begin(), some.end()));
    };
    const auto alone = [&](const ProviderReport& report) -> Verdicts {
        observe::log_error("report-not-applied",
                           "a report of a payment cannot be applied; a human must look");
        const auto put_aside = quarantine_report(books.pool, report);
        if (!put_aside) return put_aside.error();
        return std::vector{Verdict::quarantine};
    };
    const auto join = [](auto& first, auto&& second) {
        first.insert(first.end(), second.begin(), second.end());
    };
    return batch::isolate(std::span{reports}, together, alone, join);
}

}  // namespace shanhai::orders
