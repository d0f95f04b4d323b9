#pragma once

#include "chassis/database/session.hpp"
#include "orders/domain/payment.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace shanhai::orders {

struct IncomingNotification {
    std::string provider;
    Notification notification;
    std::string body;
};

/// Notifications that wait, and what they report, one by one.
struct WaitingReports {
    std::vector<std::uint64_t> ids;
    std::vector<ProviderReport> reports;
};

/// Once each, however often it is sent; those of attempts that are not `known` wait for their repetition.
void insert_notifications(database::Session& session, std::span<const IncomingNotification> incoming,
                          const std::set<std::string>& known, Instant at);
/// The ids of those that wait, after `after`, in order.
std::vector<std::uint64_t> waiting_notifications(database::Session& session, std::uint64_t after,
                                                 std::size_t limit);
/// Those of `ids` that still wait and that no other process applies at this moment, locked.
WaitingReports take_notifications(database::Session& session, std::span<const std::uint64_t> ids);
void mark_applied(database::Session& session, const std::vector<std::uint64_t>& ids);
/// Of those that wait.
void mark_quarantined(database::Session& session, const std::vector<std::uint64_t>& ids);
/// Quarantined ones of this attempt become `state`.
void move_quarantined(database::Session& session, const std::string& attempt_number, std::string_view state);
/// What the oldest quarantined notification of the attempt said; one that tells of money first.
std::optional<ProviderReport> quarantined_report(database::Session& session,
                                                 const std::string& attempt_number);

}  // namespace shanhai::orders
