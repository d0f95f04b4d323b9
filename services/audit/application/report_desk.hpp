#pragma once

#include "audit/domain/ledger.hpp"
#include "audit/domain/report.hpp"
#include "chassis/database/pool.hpp"

#include <boost/asio/awaitable.hpp>
#include <map>
#include <string>
#include <vector>

namespace shanhai::audit {

/// The auditor's questions, each answered from one state of the ledger, when the pool reads snapshots.
class ReportDesk {
public:
    template <class T>
    using Answer = boost::asio::awaitable<Result<T>>;

    /// An answer, the names of what its scope narrows to, and the ledger that it is of.
    template <class T>
    struct Told {
        T answer;
        std::map<Grouping, std::string> names;
        Head head;
    };
    /// The rows of a scope on its next level down.
    struct Level {
        std::vector<ReportRow> rows;
        std::vector<ReportRow> by_channel;
        std::vector<ReportRow> by_district;  ///< Of the merchants' level only.
    };
    struct Lines {
        std::vector<LedgerLine> lines;
        Figures totals;  ///< Of all lines of the scope.
    };

    explicit ReportDesk(database::Pool& pool) : pool_{pool} {}

    /// Those that have entries, newest first.
    Answer<std::vector<std::string>> months();
    Answer<Told<MonthReport>> month(Scope scope);
    Answer<Told<Level>> level(Scope scope, Grouping by);
    /// The lines of a lot in ledger order, at most `limit` from the index `first` on.
    Answer<Told<Lines>> lines(Scope scope, std::uint64_t first, std::size_t limit);

    /// This machine's clock, for the month that nobody named.
    const Clock& clock() const { return pool_.clock(); }

private:
    database::Pool& pool_;
};

}  // namespace shanhai::audit
