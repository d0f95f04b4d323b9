#include "orders/application/payments.hpp"

#include "chassis/batch/batcher.hpp"
#include "chassis/batch/isolate.hpp"
#include "chassis/observe/log.hpp"
#include "chassis/security/crypto.hpp"
#include "orders/application/reports.hpp"
#include "orders/domain/ending.hpp"
#include "orders/store/attempt_rows.hpp"
#include "orders/store/order_rows.hpp"

#include <map>

namespace shanhai::orders {
namespace {

constexpr std::size_t due_max = 64;
constexpr std::chrono::seconds first_poll{5};
constexpr std::size_t random_part_bytes = 14;

/// "PA" and 28 hex digits: nobody guesses the number of somebody else's payment.
std::string new_attempt_number(const Books& books) {
    return "PA" + security::hex(books.random(random_part_bytes));
}

/// Chooses, inside one transaction, the attempt of each request.
class AttemptOpening {
public:
    AttemptOpening(database::Session& session, const Books& books, const Providers& providers,
                   NumberRange ids)
        : session_{session}, books_{books}, providers_{providers}, ids_{ids}, now_{session.now()} {}

    std::vector<Result<Attempt>> open(std::span<OpenPayment> requests) {
        std::vector<std::string> numbers;
        for (const auto& request : requests) numbers.push_back(request.order_number);
        known_ = order_ids(session_, numbers);
        std::vector<OrderId> ids;
        for (const auto& [text, id] : known_) ids.push_back(id);
        orders_ = load_orders(session_, ids, Locking::for_update);
        open_ = load_open_attempts_of(session_, ids);
        std::vector<Result<Attempt>> answers;
        for (const auto& request : requests) answers.push_back(open_one(request));
        insert_attempts(session_, new_);
        extend_holds(session_, opened_, books_.reservation);  // Who begins to pay gets the whole reservation.
        return answers;
    }

private:
    Result<Attempt> open_one(const OpenPayment& request) {
        const auto id = known_.find(request.order_number);
        if (id == known_.end()) return order_unknown();
        if (providers_.find(request.provider) == nullptr) {
            return invalid_field("/provider", "is not a payment provider of this installation");
        }
        const auto& order = orders_.at(id->second);
        auto open = attempt_to_pay(order, open_, request.provider, now_);
        if (!open) return open.error();
        if (*open) return **open;
        Attempt attempt{AttemptId{ids_.next()},
                        new_attempt_number(books_),
                        order.id,
                        request.provider,
                        order.total,
                        AttemptState::created,
                        {}};
        new_.push_back({attempt, now_, now_ + first_poll});
        open_.push_back(attempt);
        opened_.push_back(attempt.order);
        return attempt;
    }

    database::Session& session_;
    const Books& books_;
    const Providers& providers_;
    NumberRange ids_;
    Instant now_;
    std::map<std::string, OrderId> known_;
    std::map<OrderId, Order> orders_;
    std::vector<Attempt> open_;
    std::vector<OrderId> opened_;
    std::vector<NewAttempt> new_;
};

}  // namespace

std::vector<Result<Attempt>> Payments::open(std::span<OpenPayment> requests) {
    auto attempts = insert(requests);
    announce(attempts);
    return attempts;
}

std::vector<Result<Attempt>> Payments::insert(std::span<OpenPayment> requests) {
    const auto first = books_.row_numbers.take(requests.size());
    if (!first) return batch::answer_all<Attempt>(requests.size(), first.error());
    auto inserted = books_.pool.transact_blocking(
        [&](database::Session& session) -> Result<std::vector<Result<Attempt>>> {
            const NumberRange ids{*first, requests.size()};
            return AttemptOpening{session, books_, providers_, ids}.open(requests);
        });
    if (!inserted) return batch::answer_all<Attempt>(requests.size(), inserted.error());
    return *std::move(inserted);
}

/// The provider hears only of attempts that are committed. One that cannot be announced stays CREATED; asking
/// for a payment again announces it again.
void Payments::announce(std::vector<Result<Attempt>>& attempts) {
    std::map<AttemptId, std::string> urls;  // Two requests of a batch may share an attempt.
    for (auto& attempt : attempts) {
        if (!attempt || attempt->state != AttemptState::created) continue;
        const auto pay_url =
            providers_.find(attempt->provider)->prepay({attempt->number, attempt->amount, attempt->order});
        if (!pay_url) {
            observe::log_warning("prepay-failed", pay_url.error().message());
            Error error{Failure::unavailable, "provider-unavailable", "the payment provider does not answer"};
            attempt = error.retry_after(std::chrono::seconds{5});
            continue;
        }
        attempt->pay_url = *pay_url;
        attempt->state = AttemptState::pending;
        urls.emplace(attempt->id, *pay_url);
    }
    if (urls.empty()) return;
    const auto recorded = books_.pool.transact_blocking([&](database::Session& session) -> Result<Done> {
        write_announced(session, urls);
        return Done{};
    });
    // The shopper can pay all the same; the attempt is merely announced once more when asked for again.
    if (!recorded) observe::log_warning("prepay-not-recorded", recorded.error().message());
}

std::size_t Payments::poll() {
    const auto due = due_for_poll();
    if (!due) return 0;
    std::vector<ProviderReport> reports;
    for (const auto& attempt : *due) {
        auto* provider = providers_.find(attempt.provider);
        if (provider == nullptr) continue;
        auto report = provider->query(attempt.number);
        if (report) reports.push_back(std::move(*report));
    }
    const auto settled = apply_reports_apart(books_, reports);
    if (!settled) observe::log_warning("poll-not-applied", settled.error().message());
    return due->size();
}

Result<std::vector<Attempt>> Payments::due_for_poll() {
    return books_.pool.transact_blocking([&](database::Session& session) -> Result<std::vector<Attempt>> {
        return take_due_for_poll(session, session.now(), due_max);
    });
}

std::size_t Payments::refund_due() {
    auto due = due_refunds();
    if (!due || due->empty()) return 0;
    std::vector<Confirmed> confirmed;
    for (auto& refund : *due) {
        auto* provider = providers_.find(refund.provider);
        if (provider == nullptr) continue;
        const auto at = provider->refund(refund.number, refund.attempt_number, refund.amount);
        if (!at) {
            observe::log_warning("refund-not-confirmed", refund.number + ": " + at.error().message());
            continue;
        }
        confirmed.push_back(
            {refund.attempt, {refund.order, refund.order_number, *at, refund.amount, refund.reason}});
    }
    const auto recorded = record_apart(confirmed);
    if (!recorded) observe::log_warning("refund-not-recorded", recorded.error().message());
    return confirmed.size();
}

Result<std::vector<DueRefund>> Payments::due_refunds() {
    return books_.pool.transact_blocking([&](database::Session& session) -> Result<std::vector<DueRefund>> {
        return take_due_refunds(session, session.now(), due_max);
    });
}

/// Two processes may both have asked for a refund, harmlessly; the one that changes the row tells of it.
Result<Done> Payments::record(std::span<const Confirmed> refunds) {
    const auto recorded = books_.pool.transact_blocking([&](database::Session& session) -> Result<Done> {
        Facts facts;
        for (const auto& [attempt, refund] : refunds) {
            if (write_refunded(session, attempt, refund.at)) facts.refunded.push_back(refund);
        }
        if (!facts.refunded.empty()) books_.publish(session, facts);
        return Done{};
    });
    if (recorded) books_.committed();
    return recorded;
}

Result<Done> Payments::record_apart(const std::vector<Confirmed>& refunds) {
    const auto together = [this](std::span<const Confirmed> some) { return record(some); };
    const auto alone = [](const Confirmed& one) -> Result<Done> {
        observe::log_error("refund-not-recorded",
                           "order " + one.refund.number + " was refunded, which cannot be written down");
        return Done{};
    };
    return batch::isolate(std::span{refunds}, together, alone, [](auto&, auto&&) {});
}

}  // namespace shanhai::orders
