#include "orders/application/report_run.hpp"

#include "chassis/observe/log.hpp"
#include "orders/application/erasure.hpp"
#include "orders/application/quarantine.hpp"
#include "orders/domain/relining.hpp"
#include "orders/store/attempt_rows.hpp"
#include "orders/store/deal_rows.hpp"
#include "orders/store/hold_rows.hpp"
#include "orders/store/order_rows.hpp"
#include "orders/store/refund_rows.hpp"

#include <algorithm>

namespace shanhai::orders {
namespace {

bool draws_stock(Verdict verdict) { return verdict == Verdict::pay || verdict == Verdict::reserve_again; }

}  // namespace

std::vector<Verdict> ReportRun::apply(const std::vector<ProviderReport>& reports) {
    now_ = session_.now();
    load(reports);
    lock_stock(reports);
    const auto deliver_goods = [this](const ProviderReport& report, const Attempt& attempt, Verdict verdict) {
        return deliver(report, attempt, verdict);
    };
    std::vector<Verdict> verdicts;
    verdicts.reserve(reports.size());
    for (const auto& report : reports) {
        verdicts.push_back(anything_locked(report) ? Verdict::set_aside : fold_.apply(report, deliver_goods));
    }
    write();
    return verdicts;
}

/// Orders are locked before attempts, everywhere, and both in id order.
void ReportRun::load(const std::vector<ProviderReport>& reports) {
    std::vector<std::string> numbers;
    for (const auto& report : reports) numbers.push_back(report.attempt_number);
    const auto known = load_attempts(session_, numbers, Locking::none);
    std::vector<OrderId> order_list;
    for (const auto& attempt : known) order_list.push_back(attempt.order);
    std::ranges::sort(order_list);
    order_list.erase(std::unique(order_list.begin(), order_list.end()), order_list.end());
    orders_ = load_orders(session_, order_list, locks_.locking);
    std::map<OrderId, OrderState> states;
    for (const auto& [id, order] : orders_) states.emplace(id, order.state);
    std::map<std::string, Attempt> attempts;
    for (auto& attempt : load_attempts(session_, numbers, locks_.locking)) {
        auto number = attempt.number;
        if (orders_.contains(attempt.order)) attempts.emplace(std::move(number), std::move(attempt));
    }
    for (const auto& attempt : known) {
        if (!attempts.contains(attempt.number)) busy_.insert(attempt.number);
    }
    fold_ = ReportFold{std::move(attempts), std::move(states)};
}

void ReportRun::lock_stock(const std::vector<ProviderReport>& reports) {
    std::vector<LotId> lots;
    for (const auto& report : reports) {
        const auto* attempt = fold_.attempt(report.attempt_number);
        if (attempt == nullptr) continue;
        const auto& order = orders_.at(attempt->order);
        const auto verdict = judge(report, *attempt, order.state);
        if (!draws_stock(verdict)) continue;
        const auto today = day_of(report, *attempt);
        for (const auto& line : order.lines) {
            lots.push_back(line.lot);
            const auto& others = book_->lots(line.terms->sku);
            const auto own = std::ranges::find(others, line.lot, &Lot::id);
            const bool bad = own != others.end() && lot_fault(*own, *line.terms, today);
            if (verdict != Verdict::reserve_again && !bad && !locks_.other_lots) continue;
            for (const auto& lot : others) lots.push_back(lot.id);
        }
    }
    stock_.lock(std::move(lots), locks_.locking);
}

/// Whether somebody has locked what the report's effect depends on: the order, the lots of its lines, and the
/// lots that may take the place of those. Only a settlement that does not wait leaves such rows out.
bool ReportRun::anything_locked(const ProviderReport& report) const {
    if (busy_.contains(report.attempt_number)) return true;
    const auto* attempt = fold_.attempt(report.attempt_number);
    if (attempt == nullptr) return false;
    const auto& order = orders_.at(attempt->order);
    const auto verdict = judge(report, *attempt, fold_.state_of(order.id));
    if (!draws_stock(verdict)) return false;
    const auto day = day_of(report, *attempt);
    for (const auto& line : order.lines) {
        if (stock_.busy(line.lot)) return true;
        if (verdict == Verdict::pay && !fault_of(line, day)) continue;
        for (const auto& lot : book_->lots(line.terms->sku)) {
            if (stock_.busy(lot.id)) return true;
            const bool asked_for = verdict == Verdict::reserve_again || locks_.other_lots;
            if (!asked_for && stock_.find(lot.id) == nullptr) throw OtherLotsNeeded{};
        }
    }
    return false;
}

/// Why the goods of this line must not be handed over: judged by the locked row, not by the copy in memory.
std::optional<std::string_view> ReportRun::fault_of(const OrderLine& line, Date day) const {
    const auto* stock = stock_.find(line.lot);
    if (stock == nullptr) throw std::logic_error{"a line of a lot that is not locked"};
    return lot_fault(stock->lot, *line.terms, day);
}

std::optional<std::string_view> ReportRun::deliver(const ProviderReport& report, const Attempt& attempt,
                                                   Verdict verdict) {
    auto& order = orders_.at(attempt.order);
    auto fault = seller_fault(order, *book_);
    if (!fault) fault = take_goods(order, verdict, day_of(report, attempt));
    if (!fault) {
        sell(report, attempt, order);
    } else if (order.state == OrderState::created) {
        close(order, *fault);
    }
    return fault;
}

/// Sees to it that the order's goods are reserved, from lots that may be handed over; why that cannot be.
std::optional<std::string_view> ReportRun::take_goods(Order& order, Verdict verdict, Date day) {
    if (verdict == Verdict::pay) return replace_bad_lines(order, day);
    // The goods went back to the shelf when the order expired: they are taken again, from any fresh lot.
    // Of an order that was forgotten meanwhile nobody knows any more what it was for, or for whom.
    if (order.lines.empty() || order.receiver_forgotten()) return reason_paid_after_expiry;
    const auto wanted = std::exchange(order.lines, {});
    if (reserve(order, wanted, day)) return std::nullopt;
    order.lines = wanted;
    return reason_paid_after_expiry;
}

/// A lot that was blocked or expired since the order was placed is not handed over (食品安全法 63): its packs
/// are taken from another one. When there is none, the whole order is not delivered; its good lines are kept
/// for close() to release.
std::optional<std::string_view> ReportRun::replace_bad_lines(Order& order, Date day) {
    std::vector<OrderLine> good;
    std::vector<OrderLine> bad;
    std::optional<std::string_view> fault;
    for (const auto& line : order.lines) {
        const auto found = fault_of(line, day);
        (found ? bad : good).push_back(line);
        if (!fault) fault = found;
    }
    if (!fault) return std::nullopt;
    for (const auto& line : bad) {
        stock_.post(StockMove::release, line.lot, line.quantity, order.id, now_);
    }
    order.lines = std::move(good);
    return reserve(order, bad, day) ? std::nullopt : fault;
}

/// Adds lines for the wanted goods, reserved from any lot that may be sold; false, and nothing changed, when
/// there are not enough.
bool ReportRun::reserve(Order& order, const std::vector<OrderLine>& wanted, Date day) {
    Allocator allocator{stock_.locked()};
    const auto picks = allocator.take(demands_of(wanted), day);
    if (!picks) return false;
    for (const auto& pick : *picks) {
        const auto& lot = allocator.stock()[pick.stock].lot;
        stock_.post(StockMove::reserve, lot.id, pick.quantity, order.id, now_);
        order.lines.push_back(drawn(wanted, pick, lot, OrderLineId{line_ids_.next()}));
    }
    relined_.insert(order.id);
    return true;
}

/// Goods are handed over now, however late the report comes; those of sample orders were handed over then.
Date ReportRun::day_of(const ProviderReport& report, const Attempt& attempt) const {
    return shanghai_date(attempt.provider == sample_provider ? std::min(report.paid, now_) : now_);
}

void ReportRun::sell(const ProviderReport& report, const Attempt& attempt, Order& order) {
    // A provider's clock may be wrong; a sale counts neither before its order nor in the future.
    const auto paid = std::clamp(report.paid, std::min(order.created, now_), now_);
    for (auto& line : order.lines) {
        stock_.post(StockMove::sale, line.lot, line.quantity, order.id, now_);
        const auto* offer = book_->offer(line.terms->sku);
        const auto certification = offer == nullptr ? std::nullopt : offer->certification_at(paid);
        line.certified_at_payment = certification.has_value();
        line.certification = certification.value_or(CertificationId{});
    }
    order.state = OrderState::paid;
    order.paid = paid;
    over_.push_back(order.id);
    facts_.paid.push_back({order, attempt.provider, report.transaction_id, {}});
}

/// The money is there and the goods are not: the order is over, its money goes back.
void ReportRun::close(Order& order, std::string_view reason) {
    for (const auto& line : order.lines) {
        stock_.post(StockMove::release, line.lot, line.quantity, order.id, now_);
    }
    order.state = OrderState::cancelled;
    order.close_reason = reason;
    over_.push_back(order.id);
    facts_.closed.push_back({order.id, order.number, now_, true});
    observe::log_warning("order-not-deliverable", "order " + std::to_string(number(order.id)) +
                                                      " is refunded: " + std::string{reason});
}

void ReportRun::write() {
    write_finished(session_, fold_.finished(), now_);
    for (const auto& [id, report] : fold_.quarantined()) {
        quarantine_attempt(session_, id, quarantine_other_amount, &report, now_);
        observe::log_error("payment-quarantined", "a provider reports another amount than attempt " +
                                                      std::to_string(number(id)) + " asked for");
    }
    write_paid(session_, facts_.paid, relined_);
    write_deals(session_, facts_.paid);
    write_closed();
    write_refunds();
    forget_holds(session_, over_);
    stock_.flush(facts_);
    told_facts_ = !facts_.paid.empty() || !facts_.closed.empty() || !facts_.stock.empty();
    seal_for_ledger(session_, facts_.paid);
    if (told_facts_) books_.publish(session_, facts_);
}

void ReportRun::write_closed() {
    std::vector<OrderEnd> ends;
    for (const auto& fact : facts_.closed) {
        ends.push_back({fact.id, OrderState::cancelled, orders_.at(fact.id).close_reason});
    }
    write_ends(session_, ends, now_);
}

void ReportRun::write_refunds() {
    std::vector<NewRefund> refunds;
    for (const auto& [id, refund] : fold_.refunds()) {
        refunds.push_back(
            {id, refund.attempt.number, refund.attempt.order, refund.attempt.amount, refund.reason});
    }
    insert_refunds(session_, refunds, now_);
}

}  // namespace shanhai::orders
