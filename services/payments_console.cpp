#include "payments_console.hpp"

#include "chassis/security/secrets.hpp"
#include "chassis/service/service.hpp"
#include "orders/application/quarantine.hpp"
#include "orders/events/outgoing.hpp"

#include <iostream>

namespace shanhai {
namespace {

/// The orders' own schema.
class Console {
public:
    explicit Console(const config::Settings& settings)
        : pool_{chassis::database_options(settings, security::Secrets{settings.secrets}, "orders")} {}

    orders::Quarantine quarantine() { return {pool_, orders::publish_facts}; }

private:
    database::Pool pool_;
};

int said(const Result<Done>& done, const std::string& what) {
    if (done) {
        std::cout << what << '\n';
    } else {
        std::cerr << done.error().code() << ": " << done.error().message() << '\n';
    }
    return done ? 0 : 1;
}

orders::Decision decision_of(const PaymentDecision& decision) {
    return {decision.attempt_number, decision.who, decision.reason};
}

std::vector<std::string> providers_of(const config::Settings& settings) {
    std::vector<std::string> names{"sample"};
    if (settings.sandbox_payments) names.emplace_back("sandbox");
    return names;
}

}  // namespace

int list_quarantined_payments(const config::Settings& settings) {
    Console console{settings};
    const auto waiting = console.quarantine().waiting();
    if (!waiting) return said(waiting.error(), "");
    for (const auto& one : *waiting) {
        std::cout << one.attempt_number << " order " << one.order_number << " at " << one.provider << ": "
                  << one.reason << ", asked " << one.asked.count() << " fen, reported "
                  << one.reported.count() << " fen, since " << rfc3339(one.since) << '\n';
    }
    return 0;
}

int list_stranded_payments(const config::Settings& settings) {
    Console console{settings};
    const auto stranded = console.quarantine().stranded(providers_of(settings));
    if (!stranded) return said(stranded.error(), "");
    for (const auto& one : *stranded) {
        std::cout << one.attempt_number << " order " << one.order_number << " at " << one.provider << ": ";
        if (one.refund == Fen{0}) {
            std::cout << "open payment (close)\n";
        } else {
            std::cout << "refund of " << one.refund.count() << " fen (refunded)\n";
        }
    }
    return 0;
}

int release_payment(const config::Settings& settings, const PaymentDecision& decision) {
    Console console{settings};
    return said(console.quarantine().release(decision_of(decision)), "it is judged again");
}

int reject_payment(const config::Settings& settings, const PaymentDecision& decision) {
    Console console{settings};
    return said(console.quarantine().reject(decision_of(decision)),
                "it counts for nothing; what was paid is given back");
}

int close_payment(const config::Settings& settings, const PaymentDecision& decision) {
    Console console{settings};
    return said(console.quarantine().close(decision_of(decision)), "it is closed");
}

int payment_refunded(const config::Settings& settings, const PaymentDecision& decision) {
    Console console{settings};
    return said(console.quarantine().refunded(decision_of(decision), providers_of(settings)),
                "it counts as given back");
}

}  // namespace shanhai
