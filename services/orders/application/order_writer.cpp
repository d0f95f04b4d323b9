#include "orders/application/order_writer.hpp"

#include "chassis/batch/batcher.hpp"
#include "chassis/observe/log.hpp"
#include "orders/store/order_rows.hpp"

#include <algorithm>
#include <set>

namespace shanhai::orders {
namespace {

constexpr std::string_view key_in_flight = "key-in-flight";
constexpr std::string_view numbers_behind = "numbers-behind";
constexpr int key_tries_max = 4;
constexpr int busy_tries_max = 3;
constexpr std::chrono::milliseconds busy_pause{20};
constexpr std::chrono::milliseconds impatience{2000};
constexpr std::chrono::milliseconds repeats_remembered{2000};

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
    Preparation prepared{commands, {}, {}, 0, 0, 0, {}};
    const auto book = books.offers.get();
    const auto first_order = books.order_numbers.take(commands.size());
    if (!first_order) return first_order.error();
    prepared.first_order = *first_order;
    std::set<LotId> lots;
    std::uint64_t rows = 0;
    prepared.receivers.resize(commands.size());
    prepared.principals.resize(commands.size());
    for (std::size_t i = 0; i < commands.size(); ++i) {
        if (!commands[i].draft) continue;
        const auto& draft = *commands[i].draft;
        prepared.receivers[i] = books.vault.seal(OrderId{prepared.first_order + i}, draft.receiver);
        if (books.holds != nullptr && !commands[i].network.empty()) {
            prepared.principals[i] = books.vault.principals(draft.receiver, commands[i].network);
        }
        add_lots(draft, *book, shanghai_date(commands[i].at.value_or(books.clock().now())), lots);
        rows += draft.lines.size();
    }
    prepared.lots.assign(lots.begin(), lots.end());
    prepared.rows = 2 * (rows + prepared.lots.size() + 1);
    const auto first_row = books.row_numbers.take(prepared.rows);
    if (!first_row) return first_row.error();
    prepared.first_row = *first_row;
    return prepared;
}

/// The first order this run placed: when its key is stored for it, the whole run is.
std::optional<std::size_t> witness(const std::vector<Result<Placed>>& answers) {
    for (std::size_t i = 0; i < answers.size(); ++i) {
        if (answers[i] && !answers[i]->replayed) return i;
    }
    return std::nullopt;
}

/// Places the batch unless another process is placing an order with one of the keys at this moment.
Result<Done> place_once(const Books& books, const Preparation& prepared, PlacementRun::Answers& answers,
                        Patience& patience, LookAtKeys look) {
    std::optional<HoldTicket> ticket;  // What a try that failed had counted goes back.
    const auto work = [&](database::Session& session) -> Result<Done> {
        ticket.reset();
        if (books.holds != nullptr) ticket.emplace(*books.holds);
        try {
            answers = patience.watch([&](Locking locking) {
                return PlacementRun{session, books, prepared, ticket ? &*ticket : nullptr, locking, look}
                    .run();
            });
            return Done{};
        } catch (const KeyInFlight&) {
            return Error{Failure::unavailable, std::string{key_in_flight}, "the same request is under way"};
        } catch (const database::SqlError& error) {
            // The keys of requests stand apart, so this is a number that we gave out.
            if (!error.duplicate()) throw;
            return Error{Failure::unavailable, std::string{numbers_behind}, "try again"};
        }
    };
    // The connection was lost during COMMIT: the keys tell whether it happened.
    const auto resolve = [&](database::Session& session) -> std::optional<Result<Done>> {
        const auto first = witness(answers);
        if (!first) return Result<Done>{Done{}};
        const auto& hash = prepared.commands[*first].key.hash;
        const auto used = used_key(session, hash);
        const bool stored = used && used->subject == number(answers[*first]->order.id);
        return stored ? std::optional{Result<Done>{Done{}}} : std::nullopt;
    };
    auto done = books.pool.transact_resolving(work, resolve);
    if (done && ticket) ticket->keep();
    return done;
}

/// The sequences gave numbers that are used already, as they do after an older copy of their table was
/// restored: they go on behind the last number that is stored.
Result<Done> catch_up_numbers(const Books& books) {
    observe::log_error("numbers-behind",
                       "the table sequence is behind the orders, as if an older copy had been restored; its "
                       "numbers go on behind the last one that is used");
    using Last = std::pair<std::uint64_t, std::uint64_t>;
    const auto last = books.pool.transact_blocking(
        [](database::Session& session) -> Result<Last> { return last_numbers(session); });
    if (!last) return last.error();
    const auto orders = books.order_numbers.skip_to(last->first + 1);
    return orders ? books.row_numbers.skip_to(last->second + 1) : orders;
}

bool is_busy(const Result<Placed>& answer) { return !answer && answer.error().code() == stock_busy_code; }

std::int64_t steady_ms(const Books& books) {
    const auto counted = books.clock().steady().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(counted).count();
}

}  // namespace

std::vector<Result<Placed>> OrderWriter::place(std::span<PlaceCommand> commands) {
    Patience patience;
    if (steady_ms(books_) < impatient_until_ms_) patience.lose();
    auto answers = place_together(commands, patience);
    place_again(commands, answers, patience);
    if (std::ranges::any_of(answers, is_busy)) impatient_until_ms_ = steady_ms(books_) + impatience.count();
    return answers;
}

std::vector<Result<Placed>> OrderWriter::place_together(Commands commands, Patience& patience) {
    PlacementRun::Answers answers;
    Result<Done> done = Done{};
    auto look = this->look();
    for (int tries = 0; tries < key_tries_max; ++tries) {
        const auto prepared = prepare(books_, commands);
        if (!prepared) return batch::answer_all<Placed>(commands.size(), prepared.error());
        done = place_once(books_, *prepared, answers, patience, look);
        // The order of a key that was used, by us or by another process just now, is there to be repeated.
        if (!done && done.error().code() == key_in_flight) {
            look = LookAtKeys::of_all;
            repeats_until_ms_ = steady_ms(books_) + repeats_remembered.count();
            continue;
        }
        if (done || done.error().code() != numbers_behind) break;
        const auto caught_up = catch_up_numbers(books_);
        if (!caught_up) return batch::answer_all<Placed>(commands.size(), caught_up.error());
    }
    if (!done) return batch::answer_all<Placed>(commands.size(), done.error());
    if (witness(answers)) books_.committed();
    return answers;
}

LookAtKeys OrderWriter::look() const {
    return steady_ms(books_) < repeats_until_ms_ ? LookAtKeys::of_all : LookAtKeys::of_refused;
}

/// A batch that did not wait may have met a lot that was locked for a moment only, by another batch.
void OrderWriter::place_again(Commands commands, std::vector<Result<Placed>>& answers, Patience& patience) {
    for (int tries = 1; tries < busy_tries_max && patience.gone(); ++tries) {
        std::vector<std::size_t> places;
        std::vector<PlaceCommand> left;
        for (std::size_t i = 0; i < answers.size(); ++i) {
            if (!is_busy(answers[i])) continue;
            places.push_back(i);
            left.push_back(commands[i]);
        }
        if (left.empty()) return;
        books_.clock().wait(busy_pause);
        auto again = place_together(left, patience);
        for (std::size_t i = 0; i < places.size(); ++i) answers[places[i]] = std::move(again[i]);
    }
}

}  // namespace shanhai::orders
