#pragma once

#include "orders/application/books.hpp"
#include "orders/domain/facts.hpp"
#include "orders/domain/providers.hpp"
#include "orders/store/refund_rows.hpp"

#include <span>
#include <string>
#include <vector>

namespace shanhai::orders {

struct OpenPayment {
    std::string order_number;
    std::string provider;
};

/// Opens payments and finds out about those we hear nothing of. Blocks; thread-safe.
class Payments {
public:
    Payments(const Books& books, const Providers& providers) : books_{books}, providers_{providers} {}

    /// An attempt for each request: committed first, announced to the provider then. An order that has an
    /// open attempt with that provider gets it again.
    std::vector<Result<Attempt>> open(std::span<OpenPayment> requests);

    /// Asks providers about attempts that have been silent for too long, by a ladder of 5 s, 30 s, 1, 5, 10,
    /// 30 minutes; applies what they say. Returns how many it asked about.
    std::size_t poll();

    /// Carries out the refunds that are due, each with its own number until the provider confirms it.
    std::size_t refund_due();

private:
    std::vector<Result<Attempt>> insert(std::span<OpenPayment> requests);
    void announce(std::vector<Result<Attempt>>& attempts);
    Result<std::vector<Attempt>> due_for_poll();
    Result<std::vector<DueRefund>> due_refunds();
    /// A refund that its provider has confirmed.
    struct Confirmed {
        AttemptId attempt{};
        RefundedOrder refund;
    };
    Result<Done> record(std::span<const Confirmed> refunds);
    Result<Done> record_apart(const std::vector<Confirmed>& refunds);

    const Books& books_;
    const Providers& providers_;
};

}  // namespace shanhai::orders
