#include "audit/application/report_desk.hpp"

#include "audit/store/ledger_store.hpp"
#include "audit/store/report_store.hpp"

#include <utility>

namespace shanhai::audit {
namespace {

using database::Session;

std::map<Grouping, std::string> names_of(Session& session, const Scope& scope) {
    std::map<Grouping, std::string> names;
    const auto name = [&](Grouping by, const std::string& key) { names[by] = name_of(session, by, key); };
    if (scope.county_code) name(Grouping::county, *scope.county_code);
    if (scope.merchant) name(Grouping::merchant, std::to_string(*scope.merchant));
    if (scope.product) name(Grouping::product, std::to_string(*scope.product));
    if (scope.lot) name(Grouping::lot, std::to_string(*scope.lot));
    return names;
}

template <class T>
ReportDesk::Told<T> told(Session& session, const Scope& scope, T answer) {
    return {std::move(answer), names_of(session, scope), read_head(session)};
}

ReportDesk::Level level_of(Session& session, const Scope& scope, Grouping by) {
    ReportDesk::Level level{grouped(session, scope, by), grouped(session, scope, Grouping::channel), {}};
    if (by == Grouping::merchant) level.by_district = grouped(session, scope, Grouping::district);
    return level;
}

ReportDesk::Lines lines_of(Session& session, const Scope& scope, std::uint64_t first, std::size_t limit) {
    const auto totals = grouped(session, scope, Grouping::lot);
    return {audit::lines(session, scope, first, limit), totals.empty() ? Figures{} : totals.front().figures};
}

}  // namespace

ReportDesk::Answer<std::vector<std::string>> ReportDesk::months() {
    auto work = [](Session& session) -> Result<std::vector<std::string>> { return audit::months(session); };
    co_return co_await pool_.transact(std::move(work));
}

ReportDesk::Answer<ReportDesk::Told<MonthReport>> ReportDesk::month(Scope scope) {
    auto work = [scope = std::move(scope)](Session& session) -> Result<Told<MonthReport>> {
        return told(session, scope, month_report(session, scope));
    };
    co_return co_await pool_.transact(std::move(work));
}

ReportDesk::Answer<ReportDesk::Told<ReportDesk::Level>> ReportDesk::level(Scope scope, Grouping by) {
    auto work = [scope = std::move(scope), by](Session& session) -> Result<Told<Level>> {
        return told(session, scope, level_of(session, scope, by));
    };
    co_return co_await pool_.transact(std::move(work));
}

ReportDesk::Answer<ReportDesk::Told<ReportDesk::Lines>> ReportDesk::lines(Scope scope, std::uint64_t first,
                                                                          std::size_t limit) {
    auto work = [scope = std::move(scope), first, limit](Session& session) -> Result<Told<Lines>> {
        return told(session, scope, lines_of(session, scope, first, limit));
    };
    co_return co_await pool_.transact(std::move(work));
}

}  // namespace shanhai::audit
