#include "orders/store/payments.hpp"

#include "chassis/batch/batcher.hpp"
#include "chassis/observe/log.hpp"
#include "chassis/security/crypto.hpp"
#include "orders/store/attempt_reader.hpp"
#include "orders/store/settlement.hpp"
#include "orders/store/sql.hpp"

#include <set>

namespace shanhai::orders {
namespace {

constexpr std::size_t due_max = 64;
constexpr std::size_t random_part_bytes = 14;

/// "PA" and 28 hex digits: nobody guesses the number of somebody else's payment.
std::string new_attempt_number() { return "PA" + security::hex(security::random_bytes(random_part_bytes)); }

Error order_unknown() { return {Failure::not_found, "order-unknown", "there is no such order"}; }

/// Chooses, inside one transaction, the attempt of each request.
class AttemptOpening {
public:
    AttemptOpening(database::Session& session, const Providers& providers, NumberRange ids,
                   std::chrono::seconds reservation)
        : session_{session},
          providers_{providers},
          ids_{ids},
          reservation_{reservation},
          now_{session.database_now()} {}

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
        insert_.run(session_);
        extend_holds();
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
        if (order.state != OrderState::created || order.expires <= now_) {
            return Error{
                Failure::conflict, "order-not-payable",
                "the order is " + std::string{wire_name(order.state)} + " or its reservation has ended"};
        }
        for (const auto& attempt : open_) {
            const bool same = attempt.order == order.id && attempt.provider == request.provider;
            if (same && !attempt.quarantined) return attempt;
        }
        Attempt attempt{AttemptId{ids_.next()},
                        new_attempt_number(),
                        order.id,
                        request.provider,
                        order.total,
                        AttemptState::created,
                        {}};
        insert_.row(attempt.id, attempt.number, attempt.order, attempt.provider, attempt.amount.count(),
                    wire_name(attempt.state), now_, now_ + std::chrono::seconds{5});
        open_.push_back(attempt);
        opened_.push_back(attempt.order);
        return attempt;
    }

    /// Who begins to pay gets the whole reservation, once: from the order on, not from now.
    void extend_holds() {
        if (opened_.empty()) return;
        session_.run(
            "UPDATE orders SET first_expires_at = expires_at, expires_at = GREATEST(expires_at, created_at + "
            "INTERVAL " +
            std::to_string(reservation_.count()) +
            " SECOND) WHERE first_expires_at IS NULL AND state = 'CREATED' AND order_id IN " +
            in_list(opened_));
    }

    database::Session& session_;
    const Providers& providers_;
    NumberRange ids_;
    std::chrono::seconds reservation_;
    Instant now_;
    std::map<std::string, OrderId> known_;
    std::map<OrderId, Order> orders_;
    std::vector<Attempt> open_;
    std::vector<OrderId> opened_;
    database::Insert insert_{
        "INSERT INTO payment_attempt (attempt_id, attempt_number, order_id, provider, amount_fen, state, "
        "created_at, poll_at) VALUES"};
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
            return AttemptOpening{session, providers_, ids, books_.reservation}.open(requests);
        });
    if (!inserted) return batch::answer_all<Attempt>(requests.size(), inserted.error());
    return *std::move(inserted);
}

/// The provider hears only of attempts that are committed. One that cannot be announced stays CREATED; asking
/// for a payment again announces it again.
void Payments::announce(std::vector<Result<Attempt>>& attempts) {
    ValueRows urls{{"attempt_id", "pay_url"}};
    std::set<AttemptId> announced;  // Two requests of a batch may share an attempt.
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
        if (announced.insert(attempt->id).second) urls.row({attempt->id, *pay_url});
    }
    if (urls.empty()) return;
    const auto recorded = books_.pool.transact_blocking([&](database::Session& session) -> Result<Done> {
        session.run(
            "UPDATE payment_attempt a JOIN " + urls.text() +
            " v ON v.attempt_id = a.attempt_id SET a.pay_url = v.pay_url, a.state = 'PENDING' WHERE a.state "
            "= 'CREATED'");
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
    const auto settled = settle_apart(books_, reports);
    if (!settled) observe::log_warning("poll-not-applied", settled.error().message());
    return due->size();
}

/// Moves each to its next rung before asking, so that a crash while asking costs one rung and no more.
Result<std::vector<Attempt>> Payments::due_for_poll() {
    return books_.pool.transact_blocking([&](database::Session& session) -> Result<std::vector<Attempt>> {
        std::vector<std::string> numbers;
        std::vector<AttemptId> ids;
        auto rows = session.query(
            "SELECT attempt_number, attempt_id FROM payment_attempt WHERE poll_at <= ? "
            "AND state IN ('CREATED', 'PENDING') LIMIT ? FOR UPDATE SKIP LOCKED",
            session.database_now(), due_max);
        while (rows.next()) {
            numbers.push_back(rows.text(0));
            ids.push_back(rows.id<AttemptId>(1));
        }
        if (numbers.empty()) return std::vector<Attempt>{};
        session.run(
            "UPDATE payment_attempt SET poll_at = poll_at + INTERVAL CASE polls WHEN 0 THEN 30 WHEN 1 THEN "
            "60 "
            "WHEN 2 THEN 300 WHEN 3 THEN 600 ELSE 1800 END SECOND, polls = polls + 1 WHERE attempt_id IN " +
            in_list(ids));
        return load_attempts(session, numbers, Locking::none);
    });
}

struct Payments::DueRefund {
    AttemptId attempt{};
    std::string number;
    std::string attempt_number;
    std::string provider;
    OrderId order{};
    std::string order_number;
    Fen amount;
    std::string reason;
    Instant at{};
};

std::size_t Payments::refund_due() {
    auto due = due_refunds();
    if (!due || due->empty()) return 0;
    std::vector<DueRefund> confirmed;
    for (auto& refund : *due) {
        auto* provider = providers_.find(refund.provider);
        if (provider == nullptr) continue;
        const auto at = provider->refund(refund.number, refund.attempt_number, refund.amount);
        if (!at) {
            observe::log_warning("refund-not-confirmed", refund.number + ": " + at.error().message());
            continue;
        }
        refund.at = *at;
        confirmed.push_back(std::move(refund));
    }
    const auto recorded = record(confirmed);
    if (!recorded) observe::log_warning("refund-not-recorded", recorded.error().message());
    return confirmed.size();
}

Result<std::vector<Payments::DueRefund>> Payments::due_refunds() {
    return books_.pool.transact_blocking([&](database::Session& session) -> Result<std::vector<DueRefund>> {
        std::vector<DueRefund> due;
        std::vector<AttemptId> ids;
        auto rows = session.query(
            "SELECT r.attempt_id, r.refund_number, a.attempt_number, a.provider, r.order_id, o.order_number, "
            "r.amount_fen, r.reason FROM refund r JOIN payment_attempt a ON a.attempt_id = r.attempt_id "
            "JOIN orders o ON o.order_id = r.order_id WHERE r.state = 'PENDING' AND r.try_at <= ? "
            "ORDER BY r.try_at LIMIT ?",
            session.database_now(), due_max);
        while (rows.next()) {
            due.push_back({rows.id<AttemptId>(0), rows.text(1), rows.text(2), rows.text(3),
                           rows.id<OrderId>(4), rows.text(5), Fen{rows.integer(6)}, rows.text(7), Instant{}});
            ids.push_back(due.back().attempt);
        }
        if (ids.empty()) return due;
        session.run(
            "UPDATE refund SET try_at = try_at + INTERVAL LEAST(3600, 10 << LEAST(tries, 9)) SECOND, "
            "tries = tries + 1 WHERE state = 'PENDING' AND attempt_id IN " +
            in_list(ids));
        return due;
    });
}

/// Two processes may both have asked for a refund, harmlessly; the one that changes the row tells of it.
Result<Done> Payments::record(const std::vector<DueRefund>& refunds) {
    if (refunds.empty()) return Done{};
    const auto recorded = books_.pool.transact_blocking([&](database::Session& session) -> Result<Done> {
        Facts facts;
        for (const auto& refund : refunds) {
            const auto changed = session.execute(
                "UPDATE refund SET state = 'SUCCESS', refunded_at = ? WHERE attempt_id = ? AND state = "
                "'PENDING'",
                refund.at, refund.attempt);
            if (changed == 0) continue;
            facts.refunded.push_back(
                {refund.order, refund.order_number, refund.at, refund.amount, refund.reason});
        }
        if (!facts.refunded.empty()) books_.publish(session, facts);
        return Done{};
    });
    if (recorded) books_.committed();
    return recorded;
}

}  // namespace shanhai::orders
