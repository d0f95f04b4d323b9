#include "orders/store/settlement.hpp"

#include "chassis/observe/log.hpp"
#include "orders/store/attempt_reader.hpp"
#include "orders/store/ledger_salts.hpp"
#include "orders/store/order_reader.hpp"
#include "orders/store/sql.hpp"

#include <algorithm>

namespace shanhai::orders {
namespace {

bool draws_stock(Verdict verdict) { return verdict == Verdict::pay || verdict == Verdict::reserve_again; }

}  // namespace

std::vector<Verdict> Settlement::apply(const std::vector<ProviderReport>& reports) {
    now_ = session_.database_now();
    load(reports);
    lock_stock(reports);
    std::vector<Verdict> verdicts;
    verdicts.reserve(reports.size());
    for (const auto& report : reports) verdicts.push_back(apply(report));
    write();
    return verdicts;
}

/// Orders are locked before attempts, everywhere, and both in id order.
void Settlement::load(const std::vector<ProviderReport>& reports) {
    std::vector<std::string> numbers;
    for (const auto& report : reports) numbers.push_back(report.attempt_number);
    std::vector<OrderId> order_list;
    for (const auto& attempt : load_attempts(session_, numbers, Locking::none))
        order_list.push_back(attempt.order);
    std::ranges::sort(order_list);
    const auto doubled = std::ranges::unique(order_list);
    order_list.erase(doubled.begin(), doubled.end());
    orders_ = load_orders(session_, order_list, Locking::for_update);
    for (auto& attempt : load_attempts(session_, numbers, Locking::for_update)) {
        auto number = attempt.number;
        attempts_.emplace(std::move(number), std::move(attempt));
    }
}

void Settlement::lock_stock(const std::vector<ProviderReport>& reports) {
    const auto book = books_.offers.get();
    std::vector<LotId> lots;
    for (const auto& report : reports) {
        const auto attempt = attempts_.find(report.attempt_number);
        if (attempt == attempts_.end()) continue;
        const auto& order = orders_.at(attempt->second.order);
        const auto verdict = judge(report, attempt->second, order.state);
        if (!draws_stock(verdict)) continue;
        for (const auto& line : order.lines) {
            lots.push_back(line.lot);
            if (verdict != Verdict::reserve_again) continue;
            for (const auto& lot : book->lots(line.terms->sku)) lots.push_back(lot.id);
        }
    }
    stock_.lock(std::move(lots));
}

Verdict Settlement::apply(const ProviderReport& report) {
    const auto found = attempts_.find(report.attempt_number);
    if (found == attempts_.end()) return Verdict::quarantine;
    auto& attempt = found->second;
    auto& order = orders_.at(attempt.order);
    const auto verdict = judge(report, attempt, order.state);
    switch (verdict) {
        case Verdict::nothing:
            break;
        case Verdict::pay:
            pay(report, attempt, order);
            break;
        case Verdict::reserve_again:
            if (reserve_again(order, now_)) {
                pay(report, attempt, order);
            } else {
                refund(attempt, reason_paid_after_expiry);
            }
            break;
        case Verdict::refund_twice:
            refund(attempt, reason_paid_twice);
            break;
        case Verdict::refund_cancelled:
            refund(attempt, reason_paid_after_cancellation);
            break;
        case Verdict::quarantine:
            quarantined_.push_back(attempt.id);
            observe::log_error("payment-quarantined", "a provider reports another amount than attempt " +
                                                          std::to_string(number(attempt.id)) + " asked for");
            break;
        case Verdict::fail:
            finish(attempt, AttemptState::failed, report);
            return verdict;
        case Verdict::close:
            finish(attempt, AttemptState::closed, report);
            return verdict;
    }
    if (verdict != Verdict::nothing && verdict != Verdict::quarantine) {
        finish(attempt, AttemptState::success, report);
    }
    return verdict;
}

void Settlement::pay(const ProviderReport& report, const Attempt& attempt, Order& order) {
    const auto book = books_.offers.get();
    // A provider's clock may be wrong; a sale counts neither before its order nor in the future.
    const auto paid = std::clamp(report.paid, std::min(order.created, now_), now_);
    for (auto& line : order.lines) {
        stock_.post(StockMove::sale, line.lot, line.quantity, order.id, now_);
        const auto* offer = book->offer(line.terms->sku);
        const auto certification = offer == nullptr ? std::nullopt : offer->certification_at(paid);
        line.certified_at_payment = certification.has_value();
        line.certification = certification.value_or(CertificationId{});
    }
    if (!may_become(order.state, OrderState::paid)) throw std::logic_error{"an order is paid that is over"};
    order.state = OrderState::paid;
    order.paid = paid;
    facts_.paid.push_back({order, attempt.provider, report.transaction_id, {}});
}

/// The goods went back to the shelf when the order expired: they are taken again, from any fresh lot.
bool Settlement::reserve_again(Order& order, Instant at) {
    std::vector<Demand> demands;
    for (const auto& line : order.lines) {
        demands.push_back({line.terms->sku, line.quantity, line.terms->remaining_min});
    }
    Allocator allocator{stock_.locked()};
    const auto picks = allocator.take(demands, shanghai_date(at));
    if (!picks) return false;
    std::vector<OrderLine> lines;
    for (const auto& pick : *picks) {
        auto line = order.lines[pick.demand];
        const auto& lot = allocator.stock()[pick.stock].lot;
        line.id = OrderLineId{line_ids_.next()};
        line.lot = lot.id;
        line.lot_code = lot.code;
        line.county_code = lot.county_code;
        line.quantity = pick.quantity;
        stock_.post(StockMove::reserve, lot.id, pick.quantity, order.id, at);
        lines.push_back(std::move(line));
    }
    order.lines = std::move(lines);
    relined_.push_back(order.id);
    return true;
}

void Settlement::refund(const Attempt& attempt, std::string_view reason) {
    refunds_.push_back({attempt, std::string{reason}});
}

void Settlement::finish(Attempt& attempt, AttemptState state, const ProviderReport& report) {
    attempt.state = state;
    finished_.push_back({attempt, report.transaction_id, std::min(report.paid, now_)});
}

void Settlement::write() {
    write_attempts();
    write_orders();
    database::Insert refunds{
        "INSERT INTO refund (attempt_id, refund_number, order_id, amount_fen, reason, state, try_at) VALUES"};
    for (const auto& refund : refunds_) {
        refunds.row(refund.attempt.id, "RF" + refund.attempt.number, refund.attempt.order,
                    refund.attempt.amount.count(), refund.reason, "PENDING", now_);
    }
    refunds.run(session_);
    stock_.flush(facts_);
    told_facts_ = !facts_.paid.empty() || !facts_.stock.empty();
    seal_for_ledger(session_, facts_.paid);
    if (told_facts_) books_.publish(session_, facts_);
}

void Settlement::write_attempts() {
    if (!quarantined_.empty()) {
        session_.run("UPDATE payment_attempt SET quarantined = TRUE WHERE attempt_id IN " +
                     in_list(quarantined_));
    }
    if (finished_.empty()) return;
    Cases state{"attempt_id"};
    Cases transaction{"attempt_id"};
    Cases paid{"attempt_id"};
    for (const auto& one : finished_) {
        const bool success = one.attempt.state == AttemptState::success;
        state.add(one.attempt.id, wire_name(one.attempt.state));
        transaction.add(one.attempt.id, success ? database::Literal{one.transaction_id} : nullptr);
        paid.add(one.attempt.id, success ? database::Literal{one.paid} : nullptr);
    }
    session_.run("UPDATE payment_attempt SET state = " + state.text() + ", transaction_id = " +
                 transaction.text() + ", paid_at = " + paid.text() + ", poll_at = NULL WHERE attempt_id IN " +
                 in_list(finished_, [](const Finished& one) { return one.attempt.id; }));
}

void Settlement::write_orders() {
    if (facts_.paid.empty()) return;
    if (!relined_.empty()) session_.run("DELETE FROM order_line WHERE order_id IN " + in_list(relined_));
    Cases paid{"order_id"};
    database::Insert lines{
        "INSERT INTO order_line (order_id, line_id, revision_id, lot_id, lot_code, county_code, quantity, "
        "total_fen, certification_id, certified_at_payment) VALUES",
        "ON DUPLICATE KEY UPDATE certification_id = VALUES(certification_id), "
        "certified_at_payment = VALUES(certified_at_payment)"};
    for (const auto& [order, provider, transaction_id, commitments] : facts_.paid) {
        paid.add(order.id, *order.paid);
        for (const auto& line : order.lines) {
            lines.row(order.id, line.id, line.terms->revision, line.lot, line.lot_code, line.county_code,
                      line.quantity, line.total().count(), line.certification, line.certified_at_payment);
        }
    }
    const auto changed =
        session_.run("UPDATE orders SET paid_at = " + paid.text() +
                     ", state = 'PAID' WHERE state IN ('CREATED', 'EXPIRED') " + "AND order_id IN " +
                     in_list(facts_.paid, [](const PaidOrder& one) { return one.order.id; }));
    if (changed != facts_.paid.size()) throw std::logic_error{"an order was paid that cannot be paid"};
    lines.run(session_);
}

Result<std::vector<Verdict>> settle(const Books& books, const std::vector<ProviderReport>& reports) {
    if (reports.empty()) return std::vector<Verdict>{};
    const auto rows = reports.size() * Settlement::rows_per_report;
    const auto first = books.row_numbers.take(2 * rows);
    if (!first) return first.error();
    bool told = false;
    auto verdicts = books.pool.transact_blocking([&](database::Session& session)
                                                     -> Result<std::vector<Verdict>> {
        Settlement settlement{session, books, NumberRange{*first, rows}, NumberRange{*first + rows, rows}};
        auto made = settlement.apply(reports);
        told = settlement.told_facts();
        return made;
    });
    if (verdicts && told) books.committed();
    return verdicts;
}

}  // namespace shanhai::orders
