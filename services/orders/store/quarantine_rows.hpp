#pragma once

#include "chassis/database/session.hpp"
#include "orders/domain/payment.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shanhai::orders {

/// What waits for a human's decision.
struct QuarantinedPayment {
    std::string attempt_number;
    std::string order_number;
    std::string provider;
    std::string reason;
    Fen asked;
    Fen reported;
    Instant since{};
};
/// What nobody can ask a provider about.
struct StrandedPayment {
    std::string attempt_number;
    std::string order_number;
    std::string provider;
    Fen refund;  ///< What is to be given back; 0 where a payment is open.
};

/// Who decides, and why: kept with the decision.
struct Decision {
    std::string attempt_number;
    std::string who;
    std::string note;
};

/// Money that a quarantined report told of.
struct ReportedMoney {
    Fen amount;
    std::string transaction_id;
    Instant paid{};
    std::string reason;  ///< Why the report was quarantined.
};

/// Notes that a report waits; money that was told of stays known, whatever else is told later. `report` may
/// be nothing.
void note_quarantine(database::Session& session, AttemptId attempt, std::string_view reason,
                     const ProviderReport* report, Instant at);
bool awaits_decision(database::Session& session, AttemptId attempt);
/// False when nothing of it waited.
bool write_decision(database::Session& session, AttemptId attempt, const Decision& decision,
                    std::string_view decided, Instant at);
/// Keeps a decision about what was not quarantined.
void note_decision(database::Session& session, AttemptId attempt, std::string_view reason,
                   const Decision& decision, std::string_view decided, Instant at);
std::optional<ReportedMoney> reported_money(database::Session& session, AttemptId attempt);
/// Closes the attempt as one that was paid: what it brought is to be given back.
void write_paid_attempt(database::Session& session, AttemptId attempt, const ReportedMoney& money);

/// `limit` at most.
std::vector<QuarantinedPayment> load_quarantined(database::Session& session, std::size_t limit);
/// Open attempts and refunds of other providers than these; `limit` at most.
std::vector<StrandedPayment> load_stranded(database::Session& session,
                                           const std::vector<std::string>& providers, std::size_t limit);

}  // namespace shanhai::orders
