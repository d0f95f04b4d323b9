#include "orders/store/settlement.hpp"

#include "chassis/observe/log.hpp"
#include "orders/domain/relining.hpp"
#include "orders/store/attempt_reader.hpp"
#include "orders/store/ledger_salts.hpp"
#include "orders/store/order_reader.hpp"
#include "orders/store/quarantine.hpp"
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
void Settlement::load(const std::vector<ProviderReport>& reports) {
    std::vector<std::string> numbers;
    for (const auto& report : reports) numbers.push_back(report.attempt_number);
    const auto known = load_attempts(session_, numbers, Locking::none);
    std::vector<OrderId> order_list;
    for (const auto& attempt : known) order_list.push_back(attempt.order);
    std::ranges::sort(order_list);
    const auto doubled = std::ranges::unique(order_list);
    order_list.erase(doubled.begin(), doubled.end());
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

void Settlement::lock_stock(const std::vector<ProviderReport>& reports) {
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
bool Settlement::anything_locked(const ProviderReport& report) const {
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
std::optional<std::string_view> Settlement::fault_of(const OrderLine& line, Date day) const {
    const auto* stock = stock_.find(line.lot);
    if (stock == nullptr) throw std::logic_error{"a line of a lot that is not locked"};
    return lot_fault(stock->lot, *line.terms, day);
}

std::optional<std::string_view> Settlement::deliver(const ProviderReport& report, const Attempt& attempt,
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
std::optional<std::string_view> Settlement::take_goods(Order& order, Verdict verdict, Date day) {
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
std::optional<std::string_view> Settlement::replace_bad_lines(Order& order, Date day) {
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
bool Settlement::reserve(Order& order, const std::vector<OrderLine>& wanted, Date day) {
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
Date Settlement::day_of(const ProviderReport& report, const Attempt& attempt) const {
    return shanghai_date(attempt.provider == sample_provider ? std::min(report.paid, now_) : now_);
}

void Settlement::sell(const ProviderReport& report, const Attempt& attempt, Order& order) {
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
void Settlement::close(Order& order, std::string_view reason) {
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

void Settlement::write() {
    write_attempts();
    write_quarantine();
    write_paid();
    write_closed();
    write_refunds();
    forget_holds(session_, over_);
    stock_.flush(facts_);
    told_facts_ = !facts_.paid.empty() || !facts_.closed.empty() || !facts_.stock.empty();
    seal_for_ledger(session_, facts_.paid);
    if (told_facts_) books_.publish(session_, facts_);
}

void Settlement::write_attempts() {
    ValueRows ends{{"attempt_id", "state", "transaction_id", "paid_at"}};
    for (const auto& [id, one] : fold_.finished()) {
        const bool success = one.attempt.state == AttemptState::success;
        ends.row({id, wire_name(one.attempt.state),
                  success ? database::Literal{one.transaction_id} : database::Literal{nullptr},
                  success ? database::Literal{std::min(one.paid, now_)} : database::Literal{nullptr}});
    }
    if (ends.empty()) return;
    session_.run(
        "UPDATE payment_attempt a JOIN " + ends.text() +
        " v ON v.attempt_id = a.attempt_id SET a.state = v.state, a.transaction_id = v.transaction_id, "
        "a.paid_at = v.paid_at, a.poll_at = NULL, a.quarantined = FALSE");
}

void Settlement::write_quarantine() {
    for (const auto& [id, report] : fold_.quarantined()) {
        quarantine_attempt(session_, id, quarantine_other_amount, &report, now_);
        observe::log_error("payment-quarantined", "a provider reports another amount than attempt " +
                                                      std::to_string(number(id)) + " asked for");
    }
}

void Settlement::write_paid() {
    if (facts_.paid.empty()) return;
    ValueRows paid{{"order_id", "paid_at"}};
    std::vector<OrderId> relined;
    database::Insert lines{
        "INSERT INTO order_line (order_id, line_id, revision_id, lot_id, lot_code, county_code, quantity, "
        "total_fen, certification_id, certified_at_payment) VALUES",
        "ON DUPLICATE KEY UPDATE certification_id = VALUES(certification_id), "
        "certified_at_payment = VALUES(certified_at_payment)"};
    for (const auto& [order, provider, transaction_id, commitments] : facts_.paid) {
        paid.row({order.id, *order.paid});
        if (relined_.contains(order.id)) relined.push_back(order.id);
        for (const auto& line : order.lines) {
            lines.row(order.id, line.id, line.terms->revision, line.lot, line.lot_code, line.county_code,
                      line.quantity, line.total().count(), line.certification, line.certified_at_payment);
        }
    }
    if (!relined.empty()) session_.run("DELETE FROM order_line WHERE order_id IN " + in_list(relined));
    const auto changed = session_.run(
        "UPDATE orders o JOIN " + paid.text() +
        " v ON v.order_id = o.order_id SET o.state = 'PAID', o.paid_at = v.paid_at WHERE o.state IN "
        "('CREATED', 'EXPIRED')");
    if (changed != paid.size()) throw std::logic_error{"an order was paid that cannot be paid"};
    lines.run(session_);
}

void Settlement::write_closed() {
    ValueRows closed{{"order_id", "reason"}};
    for (const auto& fact : facts_.closed) closed.row({fact.id, orders_.at(fact.id).close_reason});
    if (closed.empty()) return;
    const auto changed = session_.run(
        "UPDATE orders o JOIN " + closed.text() +
        " v ON v.order_id = o.order_id SET o.state = 'CANCELLED', o.closed_at = " +
        database::Literal{now_}.text() + ", o.close_reason = v.reason WHERE o.state = 'CREATED'");
    if (changed != closed.size()) throw std::logic_error{"an order was closed that is not open"};
}

void Settlement::write_refunds() {
    database::Insert refunds{
        "INSERT INTO refund (attempt_id, refund_number, order_id, amount_fen, reason, state, try_at) VALUES"};
    for (const auto& [id, refund] : fold_.refunds()) {
        refunds.row(id, "RF" + refund.attempt.number, refund.attempt.order, refund.attempt.amount.count(),
                    refund.reason, "PENDING", now_);
    }
    refunds.run(session_);
}

Result<std::vector<Verdict>> settle(const Books& books, const ReportsToApply& reports,
                                    const AroundSettlement& around) {
    Patience patience;
    bool other_lots = false;
    bool told = false;
    std::vector<OrderId> over;
    const auto work = [&](database::Session& session) -> Result<std::vector<Verdict>> {
        return patience.watch([&](Locking locking) {
            Settlement settlement{session, books, {locking, other_lots}};
            auto made = settlement.apply(reports(session));
            if (around) around(session, made);
            told = settlement.told_facts();
            over = settlement.over();
            return made;
        });
    };
    const auto once = [&] {
        return books.pool.transact_blocking([&](database::Session& session) -> Result<std::vector<Verdict>> {
            try {
                return work(session);
            } catch (const OtherLotsNeeded&) {
                other_lots = true;
                return Error{Failure::unavailable, "other-lots-needed", "try again"};
            }
        });
    };
    auto verdicts = once();
    if (!verdicts && other_lots) verdicts = once();
    if (!verdicts) return verdicts;
    if (books.holds != nullptr) books.holds->release(over);
    if (told) books.committed();
    return verdicts;
}

Result<std::vector<Verdict>> settle(const Books& books, const std::vector<ProviderReport>& reports) {
    if (reports.empty()) return std::vector<Verdict>{};
    return settle(
        books, [&](database::Session&) { return reports; }, nullptr);
}

Result<std::vector<Verdict>> settle_apart(const Books& books, const std::vector<ProviderReport>& reports) {
    auto verdicts = settle(books, reports);
    if (verdicts || verdicts.error().kind() != Failure::internal) return verdicts;
    if (reports.size() == 1) {
        observe::log_error("report-not-applied",
                           "a report of a payment cannot be applied; a human must look");
        const auto put_aside = quarantine_report(books.pool, reports.front());
        if (!put_aside) return put_aside.error();
        return std::vector{Verdict::quarantine};
    }
    const auto half = reports.begin() + static_cast<std::ptrdiff_t>(reports.size() / 2);
    auto left = settle_apart(books, {reports.begin(), half});
    if (!left) return left;
    const auto right = settle_apart(books, {half, reports.end()});
    if (!right) return right;
    left->insert(left->end(), right->begin(), right->end());
    return left;
}

}  // namespace shanhai::orders
