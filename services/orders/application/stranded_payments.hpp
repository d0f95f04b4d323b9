#pragma once

#include "orders/application/books.hpp"
#include "orders/domain/providers.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>

namespace shanhai::orders {

/// Looks out for payments that are open at a provider that is not used any more: nobody can be asked about
/// them. Looks again from time to time, since a human ends them meanwhile.
class StrandedPayments {
public:
    StrandedPayments(const Books& books, const Providers& providers) : books_{books}, providers_{providers} {}

    /// Looks, unless that was just done, and logs how many there are when that changed. For one thread.
    void look();
    /// As `look` found it last. For any thread.
    std::size_t count() const { return count_; }

private:
    const Books& books_;
    const Providers& providers_;
    std::atomic<std::size_t> count_ = 0;
    Clock::Steady look_again_{};
};

}  // namespace shanhai::orders
