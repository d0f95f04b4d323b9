#pragma once

#include "chassis/database/session.hpp"
#include "orders/domain/desk.hpp"

#include <optional>
#include <string>
#include <vector>

namespace shanhai::orders {

struct NewRefund {
    AttemptId attempt{};
    std::string attempt_number;
    OrderId order{};
    Fen amount;
    std::string reason;
};
/// To be carried out from `due` on; one that is there already stays as it is.
void insert_refunds(database::Session& session, const std::vector<NewRefund>& refunds, Instant due);

/// Money that is still to be given back, and by whom.
struct DueRefund {
    AttemptId attempt{};
    std::string number;
    std::string attempt_number;
    std::string provider;
    OrderId order{};
    std::string order_number;
    Fen amount;
    std::string reason;
};
/// Up to `limit` that are due, each put off first (10 s, doubling up to an hour), whatever comes of it.
std::vector<DueRefund> take_due_refunds(database::Session& session, Instant now, std::size_t limit);
/// The one of this attempt that is still to be carried out, locked.
std::optional<DueRefund> lock_pending_refund(database::Session& session, AttemptId attempt);
/// False when it was done before.
bool write_refunded(database::Session& session, AttemptId attempt, Instant at);
std::vector<RefundView> refunds_of(database::Session& session, OrderId order);

}  // namespace shanhai::orders
