#include "orders/store/order_writer.hpp"

#include "chassis/batch/batcher.hpp"
#include "orders/store/placement_run.hpp"

#include <algorithm>
#include <set>

namespace shanhai::orders {
namespace {

/// The lots an order could draw from, a day of tolerance included, since the database's clock decides.
void add_lots(const OrderDraft& draft, const OfferBook& book, Date today, std::set<LotId>& lots) {
    for (const auto& line : draft.lines) {
        for (const auto& lot : book.lots(line.terms->sku)) {
            if (lot.saleable && (!lot.expiry || *lot.expiry >= today)) lots.insert(lot.id);
        }
    }
}

/// Every successful pick either completes a line or empties a lot, hence the bound on rows.
Result<Preparation> prepare(const Books& books, std::span<PlaceCommand> commands) {
    Preparation prepared{commands, {}, 0, 0, 0, {}};
    const auto book = books.offers.get();
    const auto first_order = books.order_numbers.take(commands.size());
    if (!first_order) return first_order.error();
    prepared.first_order = *first_order;
    std::set<LotId> lots;
    std::uint64_t rows = 0;
    prepared.receivers.resize(commands.size());
    for (std::size_t i = 0; i < commands.size(); ++i) {
        if (!commands[i].draft) continue;
        const auto& draft = *commands[i].draft;
        prepared.receivers[i] = books.vault.seal(OrderId{prepared.first_order + i}, draft.receiver);
        add_lots(draft, *book, shanghai_date(commands[i].at.value_or(now())), lots);
        rows += draft.lines.size();
    }
    prepared.lots.assign(lots.begin(), lots.end());
    prepared.rows = 2 * (rows + prepared.lots.size() + 1);
    const auto first_row = books.row_numbers.take(prepared.rows);
    if (!first_row) return first_row.error();
    prepared.first_row = *first_row;
    return prepared;
}

constexpr std::string_view key_in_flight = "key-in-flight";
constexpr int key_tries_max = 4;

/// The first order this run placed: when its key is stored for it, the whole run is.
std::optional<std::size_t> witness(const std::vector<Result<Placed>>& answers) {
    for (std::size_t i = 0; i < answers.size(); ++i) {
        if (answers[i] && !answers[i]->replayed) return i;
    }
    return std::nullopt;
}

/// Places the batch unless another process is placing an order with one of the keys at this moment.
Result<Done> place_once(const Books& books, const Preparation& prepared, PlacementRun::Answers& answers) {
    const auto work = [&](database::Session& session) -> Result<Done> {
        try {
            answers = PlacementRun{session, books, prepared}.run();
            return Done{};
        } catch (const database::SqlError& error) {
            if (!error.duplicate()) throw;
            return Error{Failure::unavailable, std::string{key_in_flight}, "the same request is under way"};
        }
    };
    // The connection was lost during COMMIT: the keys tell whether it happened.
    const auto resolve = [&](database::Session& session) -> std::optional<Result<Done>> {
        const auto first = witness(answers);
        if (!first) return Result<Done>{Done{}};
        auto rows = session.query("SELECT 1 FROM idempotency WHERE request_hash = ? AND subject_id = ?",
                                  database::Literal::bytes(prepared.commands[*first].key.hash),
                                  answers[*first]->order.id);
        if (!rows.next()) return std::nullopt;
        return Result<Done>{Done{}};
    };
    return books.pool.transact_resolving(work, resolve);
}

}  // namespace

std::vector<Result<Placed>> OrderWriter::place(std::span<PlaceCommand> commands) {
    const auto prepared = prepare(books_, commands);
    if (!prepared) return batch::answer_all<Placed>(commands.size(), prepared.error());
    PlacementRun::Answers answers;
    auto done = place_once(books_, *prepared, answers);
    for (int tries = 1; !done && done.error().code() == key_in_flight && tries < key_tries_max; ++tries) {
        done = place_once(books_, *prepared, answers);  // Now the other's order is there to be repeated.
    }
    if (!done) return batch::answer_all<Placed>(commands.size(), done.error());
    if (witness(answers)) books_.committed();
    return answers;
}

}  // namespace shanhai::orders
