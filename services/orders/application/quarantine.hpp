#pragma once

#include "orders/application/books.hpp"
#include "orders/store/quarantine_rows.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace shanhai::orders {

inline constexpr std::string_view quarantine_other_amount = "other-amount";
inline constexpr std::string_view quarantine_not_applied = "not-applied";
inline constexpr std::string_view provider_gone = "provider-gone";

/// Notes, inside a transaction, that a report of an attempt waits for a human. A quarantined attempt keeps no
/// order open. `report` may be nothing.
void quarantine_attempt(database::Session& session, AttemptId attempt, std::string_view reason,
                        const ProviderReport* report, Instant at);
/// The same for a report that made its transaction fail, in one of its own.
Result<Done> quarantine_report(database::Pool& pool, const ProviderReport& report);

/// The end of what a machine must not decide (`shanhai payments …`). The service may run meanwhile.
class Quarantine {
public:
    /// `publish` tells those who listen what a decision made true.
    Quarantine(database::Pool& pool, Publish publish) : pool_{pool}, publish_{std::move(publish)} {}

    Result<std::vector<QuarantinedPayment>> waiting();
    /// Open attempts and refunds of providers other than these: nobody can be asked about them.
    Result<std::vector<StrandedPayment>> stranded(const std::vector<std::string>& providers);

    /// The cause is gone: its notifications are applied again. Fails with 404 `attempt-unknown`, 409
    /// `nothing-quarantined`.
    Result<Done> release(const Decision& decision);
    /// It counts for nothing: what was really paid is given back, the attempt is over. Fails as release.
    Result<Done> reject(const Decision& decision);
    /// Ends an open attempt whose provider is gone for good, without asking it. Fails with 404
    /// `attempt-unknown`, 409 `attempt-not-open`.
    Result<Done> close(const Decision& decision);
    /// Ends a refund whose provider is gone for good: somebody gave the money back in another way (a
    /// transfer). Fails with 404 `attempt-unknown`, 409 `nothing-to-refund`, 409 `provider-in-use` for one of
    /// `providers`.
    Result<Done> refunded(const Decision& decision, const std::vector<std::string>& providers);

private:
    database::Pool& pool_;
    Publish publish_;
};

}  // namespace shanhai::orders
