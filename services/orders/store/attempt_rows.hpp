#pragma once

#include "orders/domain/settling.hpp"
#include "orders/store/sql.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace shanhai::orders {

/// The attempts with these numbers, by id; unknown numbers are left out. Lock their orders first.
std::vector<Attempt> load_attempts(database::Session& session, const std::vector<std::string>& numbers,
                                   Locking locking);
/// The attempts of these orders, by id.
std::vector<Attempt> load_attempts_of(database::Session& session, const std::vector<OrderId>& orders);
/// Those that a shopper might still pay.
std::vector<Attempt> load_open_attempts_of(database::Session& session, const std::vector<OrderId>& orders);
/// The number of the order that an attempt is of.
std::optional<std::string> order_number_of(database::Session& session, const std::string& attempt_number);

struct NewAttempt {
    Attempt attempt;
    Instant created{};
    std::optional<Instant> poll_at{};  ///< When its provider is asked first; nothing: never.
};
/// Those that are there already stay as they are.
void insert_attempts(database::Session& session, const std::vector<NewAttempt>& attempts);
/// Their providers know these attempts now, and where to pay them.
void write_announced(database::Session& session, const std::map<AttemptId, std::string>& pay_urls);
/// What became of them; nothing is said to have been paid after `now`.
void write_finished(database::Session& session, const std::map<AttemptId, FinishedAttempt>& finished,
                    Instant now);
/// Up to `limit` that are due to be asked about, each moved to its next rung first (30 s, 1, 5, 10, 30
/// minutes), so that a crash while asking costs one rung and no more.
std::vector<Attempt> take_due_for_poll(database::Session& session, Instant now, std::size_t limit);
/// False when it was over already.
bool close_attempt(database::Session& session, AttemptId attempt);
/// A quarantined attempt keeps no order open.
void set_quarantined(database::Session& session, AttemptId attempt, bool quarantined);
/// Whether this transaction paid another attempt.
bool is_of_another(database::Session& session, const Attempt& attempt, const std::string& transaction_id);

}  // namespace shanhai::orders
