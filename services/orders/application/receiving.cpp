#include "orders/application/receiving.hpp"

#include "chassis/batch/batcher.hpp"
#include "orders/domain/receipts.hpp"
#include "orders/store/receipt_rows.hpp"
#include "orders/store/request_keys.hpp"
#include "orders/store/stock_book.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace shanhai::orders {
namespace {

constexpr int key_tries_max = 3;

Error lot_unknown() { return {Failure::not_found, "lot-unknown", "there is no such lot"}; }

/// Two processes may store one key at once; the one that lost sees the other's when it looks again.
template <class Outcome, class Work>
Outcome with_key(database::Pool& pool, Work work) {
    const auto once = [&] {
        return pool.transact_blocking([&](database::Session& session) -> Outcome {
            try {
                return work(session);
            } catch (const KeyInFlight&) {
                Error error{Failure::unavailable, "key-in-flight", "the same request is under way"};
                return error.retry_after(std::chrono::seconds{1});
            }
        });
    };
    auto outcome = once();
    for (int tries = 1; !outcome && outcome.error().code() == "key-in-flight" && tries < key_tries_max;
         ++tries) {
        outcome = once();
    }
    return outcome;
}

LotBalance balance_of(const LotStock& stock, std::int64_t received) {
    return {stock.lot.quantity, received, stock.on_hand, stock.reserved, !stock.lot.saleable};
}

/// One batch of receipts inside one transaction.
class ReceivingRun {
public:
    ReceivingRun(database::Session& session, const Books& books, std::span<ReceiveCommand> commands,
                 std::uint64_t first_row)
        : session_{session},
          books_{books},
          commands_{commands},
          receipt_ids_{first_row, commands.size()},
          stock_{session, NumberRange{first_row + commands.size(), commands.size()}} {}

    std::vector<Result<Received>> run() {
        now_ = session_.now();
        std::vector<LotId> lots;
        for (const auto& command : commands_) lots.push_back(command.lot);
        stock_.lock(lots);
        received_ = received_of(session_, lots);
        std::vector<Result<Received>> answers;
        for (const auto& command : commands_) answers.push_back(receive(command));
        store_keys(session_, keys_);
        insert_receipts(session_, receipts_, now_);
        Facts facts;
        stock_.flush(facts);
        if (!facts.stock.empty()) books_.publish(session_, facts);
        return answers;
    }

private:
    /// The keys of a batch of receipts are few, and looked up one by one after the lots are locked: a
    /// repetition of the same receipt waits for the first one there.
    Result<Received> receive(const ReceiveCommand& command) {
        const auto here = made_.find(command.key.hash);
        if (here != made_.end()) return repeat(here->second.first, here->second.second, command);
        if (const auto used = used_key(session_, command.key.hash)) {
            const auto before = load_receipt(session_, used->subject);
            return before ? repeat(used->fingerprint, *before, command) : key_reused();
        }
        const auto* stock = stock_.find(command.lot);
        if (stock == nullptr) return lot_unknown();
        const auto allowed = may_receive(balance_of(*stock, received_[command.lot]), command.quantity);
        if (!allowed) return allowed.error();
        return make(command, stock->lot.sku);
    }

    Result<Received> make(const ReceiveCommand& command, SkuId sku) {
        const Received received{receipt_ids_.next(), command.lot, sku, command.quantity, now_, false};
        stock_.post(StockMove::receipt, command.lot, command.quantity, std::nullopt, now_);
        received_[command.lot] += command.quantity;
        keys_.push_back({&command.key, received.receipt});
        receipts_.push_back({received.receipt, command.lot, command.quantity, command.note});
        made_.emplace(command.key.hash, std::pair{command.key.fingerprint, received});
        return received;
    }

    static Result<Received> repeat(const std::string& fingerprint, Received received,
                                   const ReceiveCommand& command) {
        if (fingerprint != command.key.fingerprint) return key_reused();
        received.replayed = true;
        return received;
    }

    database::Session& session_;
    const Books& books_;
    std::span<ReceiveCommand> commands_;
    NumberRange receipt_ids_;
    StockBook stock_;
    Instant now_{};
    std::map<LotId, std::int64_t> received_;
    std::map<std::string, std::pair<std::string, Received>> made_;
    std::vector<NewKey> keys_;
    std::vector<NewReceipt> receipts_;
};

/// A table of receipts inside one transaction. Moves are posted in memory while the lines are judged, so that
/// each sees those before it, and written only when none is at fault.
class TableRun {
public:
    TableRun(database::Session& session, const Books& books, const ReceiptTable& table,
             std::uint64_t first_row)
        : session_{session},
          books_{books},
          table_{table},
          receipt_ids_{first_row, table.lines.size()},
          stock_{session, NumberRange{first_row + table.lines.size(), table.lines.size()}},
          report_{table.report} {}

    ImportReport run() {
        now_ = session_.now();
        std::vector<LotId> lots;
        std::set<std::string> references;
        for (const auto& line : table_.lines) {
            lots.push_back(line.lot);
            references.insert(line.reference);
        }
        stock_.lock(lots);
        received_ = received_of(session_, lots);
        known_ = receipts_called(session_, references);
        for (const auto& line : table_.lines) judge(line);
        if (table_.terms.check_only || !report_.faults.none()) return std::move(report_);
        report_.written = true;
        insert_receipts(session_, receipts_, now_);
        Facts facts;
        stock_.flush(facts);
        if (!facts.stock.empty()) books_.publish(session_, facts);
        return std::move(report_);
    }

private:
    void judge(const ReceiptLine& line) {
        const auto [earlier, first] = seen_.emplace(std::pair{line.reference, line.lot}, line.line);
        if (!first) {
            refuse(line, "reference", "line-repeated",
                   "line " + std::to_string(earlier->second) + " has this lot of this delivery already");
            return;
        }
        const auto there = known_.find({line.reference, line.lot});
        if (there != known_.end()) {
            compare(line, there->second);
        } else if (line.reference.front() == own_reference_sign) {
            refuse(line, "reference", "validation-failed",
                   "# begins what receipts without a name are called");
        } else {
            receive(line);
        }
    }

    void compare(const ReceiptLine& line, const ReceiptLine& there) {
        ++report_.repeated;
        const bool same = line.quantity == there.quantity;
        if (same && line.note == there.note) return;
        refuse(line, same ? "note" : "quantity", "differs", "this receipt is there and says something else");
    }

    void receive(const ReceiptLine& line) {
        const auto* const stock = stock_.find(line.lot);
        if (stock == nullptr) {
            refuse(line, "lot_id", lot_unknown().code(), lot_unknown().message());
            return;
        }
        const auto allowed = may_receive(balance_of(*stock, received_[line.lot]), line.quantity);
        if (!allowed) {
            report_.faults.add(line.line, allowed.error(),
                               [](std::string_view pointer) { return std::string{pointer.substr(1)}; });
            return;
        }
        stock_.post(StockMove::receipt, line.lot, line.quantity, std::nullopt, now_);
        received_[line.lot] += line.quantity;
        receipts_.push_back({receipt_ids_.next(), line.lot, line.quantity, line.note, line.reference});
        ++report_.made;
    }

    void refuse(const ReceiptLine& line, std::string column, std::string code, std::string detail) {
        report_.faults.add({line.line, std::move(column), std::move(code), std::move(detail)});
    }

    database::Session& session_;
    const Books& books_;
    const ReceiptTable& table_;
    NumberRange receipt_ids_;
    StockBook stock_;
    ImportReport report_;
    Instant now_{};
    std::map<LotId, std::int64_t> received_;
    std::map<std::pair<std::string, LotId>, ReceiptLine> known_;
    std::map<std::pair<std::string, LotId>, std::size_t> seen_;
    std::vector<NewReceipt> receipts_;
};

Result<Correction> propose_once(database::Session& session, const ProposeCorrection& command,
                                StockBook& stock, std::uint64_t id) {
    stock.lock({command.lot});
    if (const auto used = used_key(session, command.key.hash)) {
        if (used->fingerprint != command.key.fingerprint) return key_reused();
        auto known = load_correction(session, used->subject, Locking::none);
        if (!known) return key_reused();
        known->replayed = true;
        return *known;
    }
    const auto* lot = stock.find(command.lot);
    if (lot == nullptr) return lot_unknown();
    auto received = received_of(session, {command.lot});
    const auto allowed = may_correct(balance_of(*lot, received[command.lot]), command.delta);
    if (!allowed) return allowed.error();
    store_keys(session, {{&command.key, id}});
    const Correction correction{id, command.lot, command.delta, command.reason, command.by, session.now()};
    insert_correction(session, correction);
    return correction;
}

/// Stock is locked before the correction, as everywhere.
Result<Correction> confirm_once(database::Session& session, const Books& books,
                                const ConfirmCorrection& command) {
    const Error unknown{Failure::not_found, "correction-unknown", "there is no such correction"};
    const auto known = load_correction(session, command.correction, Locking::none);
    if (!known) return unknown;
    StockBook stock{session, NumberRange{books.row_numbers}};
    stock.lock({known->lot});
    auto correction = load_correction(session, command.correction, Locking::for_update);
    if (!correction) return unknown;
    if (correction->confirmed_by == command.by) return *correction;
    if (correction->confirmed) {
        return Error{Failure::conflict, "correction-confirmed", "somebody has confirmed this already"};
    }
    if (correction->proposed_by == command.by) {
        return Error{Failure::forbidden, "second-person-needed",
                     "a correction is confirmed by somebody else than who proposed it"};
    }
    auto received = received_of(session, {known->lot});
    const auto allowed =
        may_correct(balance_of(*stock.find(known->lot), received[known->lot]), correction->delta);
    if (!allowed) return allowed.error();
    const auto now = session.now();
    stock.post(StockMove::correction, known->lot, correction->delta, std::nullopt, now);
    write_confirmed(session, command.correction, command.by, now);
    Facts facts;
    stock.flush(facts);
    books.publish(session, facts);
    correction->confirmed_by = command.by;
    correction->confirmed = now;
    return *correction;
}

}  // namespace

std::vector<Result<Received>> Receiving::receive(std::span<ReceiveCommand> commands) {
    const auto first = books_.row_numbers.take(2 * commands.size());
    if (!first) return batch::answer_all<Received>(commands.size(), first.error());
    auto answers = with_key<Result<std::vector<Result<Received>>>>(
        books_.pool, [&](database::Session& session) -> Result<std::vector<Result<Received>>> {
            return ReceivingRun{session, books_, commands, *first}.run();
        });
    if (!answers) return batch::answer_all<Received>(commands.size(), answers.error());
    books_.committed();
    return *std::move(answers);
}

Result<ImportReport> Receiving::take(const ReceiptTable& table) {
    const auto first = books_.row_numbers.take(std::max<std::size_t>(1, 2 * table.lines.size()));
    if (!first) return first.error();
    auto report = books_.pool.transact_blocking([&](database::Session& session) -> Result<ImportReport> {
        return TableRun{session, books_, table, *first}.run();
    });
    if (report && report->written) books_.committed();
    return report;
}

Result<Correction> Receiving::propose(const ProposeCorrection& command) {
    const auto id = books_.row_numbers.take(1);
    if (!id) return id.error();
    return with_key<Result<Correction>>(books_.pool, [&](database::Session& session) -> Result<Correction> {
        StockBook stock{session, NumberRange{books_.row_numbers}};
        return propose_once(session, command, stock, *id);
    });
}

Result<Correction> Receiving::confirm(const ConfirmCorrection& command) {
    auto confirmed = books_.pool.transact_blocking([&](database::Session& session) -> Result<Correction> {
        return confirm_once(session, books_, command);
    });
    if (confirmed) books_.committed();
    return confirmed;
}

}  // namespace shanhai::orders
