#include "orders/store/receiving.hpp"

#include "chassis/batch/batcher.hpp"
#include "orders/store/sql.hpp"

namespace shanhai::orders {
namespace {

using database::Literal;

constexpr std::int64_t on_hand_max = 1'000'000'000;

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
        now_ = session_.database_now();
        std::vector<LotId> lots;
        for (const auto& command : commands_) lots.push_back(command.lot);
        stock_.lock(std::move(lots));
        std::vector<Result<Received>> answers;
        for (const auto& command : commands_) answers.push_back(receive(command));
        keys_.run(session_);
        receipts_.run(session_);
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
        auto rows = session_.query("SELECT fingerprint, subject_id FROM idempotency WHERE request_hash = ?",
                                   Literal::bytes(command.key.hash));
        if (rows.next()) return repeat(rows.text(0), stored(rows.natural(1)), command);
        const auto* stock = stock_.find(command.lot);
        if (stock == nullptr) return Error{Failure::not_found, "lot-unknown", "there is no such lot"};
        if (stock->on_hand + command.quantity > on_hand_max) {
            return invalid_field("/quantity", "the lot would hold more than a thousand million packs");
        }
        return make(command, stock->lot.sku);
    }

    Result<Received> make(const ReceiveCommand& command, SkuId sku) {
        const Received received{receipt_ids_.next(), command.lot, sku, command.quantity, now_, false};
        stock_.post(StockMove::receipt, command.lot, command.quantity, std::nullopt, now_);
        keys_.row(Literal::bytes(command.key.hash), Literal::bytes(command.key.fingerprint),
                  received.receipt);
        receipts_.row(received.receipt, command.lot, command.quantity, command.note, now_);
        made_.emplace(command.key.hash, std::pair{command.key.fingerprint, received});
        return received;
    }

    static Result<Received> repeat(const std::string& fingerprint, Received received,
                                   const ReceiveCommand& command) {
        if (fingerprint != command.key.fingerprint) {
            return Error{Failure::invalid, "idempotency-key-reused",
                         "this Idempotency-Key was used for another request"};
        }
        received.replayed = true;
        return received;
    }

    Received stored(std::uint64_t receipt) {
        auto rows = session_.query(
            "SELECT r.lot_id, l.sku_id, r.quantity, r.at FROM stock_receipt r JOIN lot l ON l.lot_id = "
            "r.lot_id "
            "WHERE r.receipt_id = ?",
            receipt);
        if (!rows.next()) return {};
        return {receipt, rows.id<LotId>(0), rows.id<SkuId>(1), rows.integer(2), rows.instant(3), true};
    }

    database::Session& session_;
    const Books& books_;
    std::span<ReceiveCommand> commands_;
    NumberRange receipt_ids_;
    StockBook stock_;
    Instant now_{};
    std::map<std::string, std::pair<std::string, Received>> made_;
    database::Insert keys_{"INSERT INTO idempotency (request_hash, fingerprint, subject_id) VALUES"};
    database::Insert receipts_{"INSERT INTO stock_receipt (receipt_id, lot_id, quantity, note, at) VALUES"};
};

}  // namespace

std::vector<Result<Received>> Receiving::receive(std::span<ReceiveCommand> commands) {
    const auto first = books_.row_numbers.take(2 * commands.size());
    if (!first) return batch::answer_all<Received>(commands.size(), first.error());
    auto answers = books_.pool.transact_blocking(
        [&](database::Session& session) -> Result<std::vector<Result<Received>>> {
            return ReceivingRun{session, books_, commands, *first}.run();
        });
    if (!answers) return batch::answer_all<Received>(commands.size(), answers.error());
    books_.committed();
    return *std::move(answers);
}

}  // namespace shanhai::orders
