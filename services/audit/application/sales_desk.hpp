#pragma once

#include "audit/domain/ledger.hpp"
#include "audit/domain/sale_days.hpp"
#include "chassis/database/pool.hpp"

#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

namespace shanhai::audit {

/// Who asks for a merchant's sales: the operator and the auditor for everybody's, others for their own
/// house's.
struct SalesReader {
    OrganisationId organisation{};
    bool own_only = true;
};

/// A merchant's own figures, which are the ledger's: each answer from one state of it, when the pool reads
/// snapshots. All fail with 404 `merchant-unknown`, 403 `not-your-merchant`.
class SalesDesk {
public:
    template <class T>
    using Answer = boost::asio::awaitable<Result<T>>;

    /// An answer, whose sales they are, and the ledger that it is of.
    template <class T>
    struct Told {
        T answer;
        std::string merchant_name;
        Head head;
    };

    explicit SalesDesk(database::Pool& pool) : pool_{pool} {}

    Answer<Told<MerchantSales>> sales(SalesReader reader, MerchantId merchant, DayRange days);
    Answer<Told<std::vector<SalesLine>>> lines(SalesReader reader, MerchantId merchant, DayRange days);

    /// This machine's clock, for the days that nobody named.
    const Clock& clock() const { return pool_.clock(); }

private:
    database::Pool& pool_;
};

}  // namespace shanhai::audit
