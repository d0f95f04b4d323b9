#pragma once

#include "chassis/config/settings.hpp"

#include <string>

namespace shanhai {

/// Who decides about a payment, and why.
struct PaymentDecision {
    std::string attempt_number;
    std::string who;
    std::string reason;
};

// What `shanhai payments …` does, for a human on the machine: each prints what it did, or why not, and
// returns the process's exit code. The services may run meanwhile.

/// Payments that wait for a decision: a line each.
int list_quarantined_payments(const config::Settings& settings);
/// Payments that are open at a provider which is not used any more.
int list_stranded_payments(const config::Settings& settings);
/// Its cause is gone: it is judged again.
int release_payment(const config::Settings& settings, const PaymentDecision& decision);
/// It counts for nothing: what was really paid is given back.
int reject_payment(const config::Settings& settings, const PaymentDecision& decision);
/// Ends a payment whose provider is gone.
int close_payment(const config::Settings& settings, const PaymentDecision& decision);
/// Ends a refund whose provider is gone: the money was given back in another way.
int payment_refunded(const config::Settings& settings, const PaymentDecision& decision);

}  // namespace shanhai
