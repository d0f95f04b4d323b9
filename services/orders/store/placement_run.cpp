#include "orders/store/placement_run.hpp"

#include "orders/store/order_reader.hpp"
#include "orders/store/sql.hpp"

namespace shanhai::orders {
namespace {

using database::Literal;

Error sold_out() { return {Failure::conflict, "sold-out", "there is not enough left of what was ordered"}; }

Error key_reused() {
    return {Failure::invalid, "idempotency-key-reused", "this Idempotency-Key was used for another request"};
}

std::vector<Demand> demands_of(const OrderDraft& draft) {
    std::vector<Demand> demands;
    demands.reserve(draft.lines.size());
    for (const auto& line : draft.lines) {
        demands.push_back({line.terms->sku, line.quantity, line.terms->remaining_min});
    }
    return demands;
}

}  // namespace

PlacementRun::PlacementRun(database::Session& session, const Books& books, const Preparation& preparation)
    : session_{session},
      books_{books},
      prepared_{preparation},
      now_{session.database_now()},
      line_ids_{preparation.first_row, preparation.rows / 2},
      stock_{session, NumberRange{preparation.first_row + preparation.rows / 2, preparation.rows / 2}} {}

PlacementRun::Answers PlacementRun::run() {
    find_used_keys();
    stock_.lock(prepared_.lots);
    allocator_.emplace(stock_.locked());
    const auto book = books_.offers.get();
    Answers answers;
    answers.reserve(prepared_.commands.size());
    for (std::size_t i = 0; i < prepared_.commands.size(); ++i) answers.push_back(answer(i, *book));
    if (!placed_.empty()) write();
    load_repeated(answers);
    hand_over(answers);
    return answers;
}

void PlacementRun::find_used_keys() {
    auto rows =
        session_.ask("SELECT request_hash, fingerprint, subject_id FROM idempotency WHERE request_hash IN " +
                     in_list(prepared_.commands,
                             [](const PlaceCommand& command) { return Literal::bytes(command.key.hash); }));
    while (rows.next()) used_.emplace(rows.text(0), UsedKey{rows.text(1), rows.id<OrderId>(2)});
}

Result<Placed> PlacementRun::answer(std::size_t index, const OfferBook& book) {
    const auto& command = prepared_.commands[index];
    const auto used = used_.find(command.key.hash);
    if (used != used_.end()) return repeat(used->second, command);
    if (!command.draft) return command.draft.error();
    // Facts may have changed while the order waited for its batch.
    const auto at = command.at.value_or(now_);
    const auto still = still_for_sale(*command.draft, book, at);
    if (!still) return still.error();
    return place(index, *command.draft, at);
}

Result<Placed> PlacementRun::repeat(const UsedKey& used, const PlaceCommand& command) {
    if (used.fingerprint != command.key.fingerprint) return key_reused();
    Placed placed;
    placed.order.id = used.order;  // load_repeated fills in the rest, for all of them at once.
    placed.replayed = true;
    return placed;
}

Result<Placed> PlacementRun::place(std::size_t index, const OrderDraft& draft, Instant at) {
    const auto picks = allocator_->take(demands_of(draft), shanghai_date(at));
    if (!picks) return sold_out();
    auto order = make_order(index, draft, *picks, at);
    for (const auto& line : order.lines) {
        stock_.post(StockMove::reserve, line.lot, line.quantity, order.id, now_);
    }
    const auto& key = prepared_.commands[index].key;
    used_.emplace(key.hash, UsedKey{key.fingerprint, order.id});
    placed_.push_back(index);
    facts_.placed.push_back(std::move(order));
    return Placed{};
}

Order PlacementRun::make_order(std::size_t index, const OrderDraft& draft, const std::vector<Pick>& picks,
                               Instant at) {
    Order order;
    order.id = OrderId{prepared_.first_order + index};
    order.number = OrderNumber::make(at, number(order.id)).text();
    order.created = at;
    order.expires = now_ + books_.reservation;
    order.placement = draft.placement;
    order.channel = draft.channel;
    order.buyer = prepared_.receivers[index]->buyer;
    order.total = draft.total;
    order.lines.reserve(picks.size());
    for (const auto& pick : picks) {
        const auto& line = draft.lines[pick.demand];
        const auto& lot = allocator_->stock()[pick.stock].lot;
        order.lines.push_back({OrderLineId{line_ids_.next()}, line.terms, lot.id, lot.code, lot.county_code,
                               pick.quantity, line.certification, false});
    }
    return order;
}

/// Reads what was placed before, by an earlier batch or by this one.
void PlacementRun::load_repeated(Answers& answers) {
    std::vector<OrderId> ids;
    for (const auto& answer : answers) {
        if (answer && answer->replayed) ids.push_back(answer->order.id);
    }
    const auto orders = load_orders(session_, ids, Locking::none);
    for (auto& answer : answers) {
        if (answer && answer->replayed) answer->order = orders.at(answer->order.id);
    }
}

/// Nobody else needs the new orders any more.
void PlacementRun::hand_over(Answers& answers) {
    for (std::size_t i = 0; i < placed_.size(); ++i) answers[placed_[i]]->order = std::move(facts_.placed[i]);
}

void PlacementRun::write() {
    database::Insert keys{"INSERT INTO idempotency (request_hash, fingerprint, subject_id) VALUES"};
    for (std::size_t i = 0; i < placed_.size(); ++i) {
        const auto& key = prepared_.commands[placed_[i]].key;
        keys.row(Literal::bytes(key.hash), Literal::bytes(key.fingerprint), facts_.placed[i].id);
    }
    keys.run(session_);
    write_orders();
    write_vault();
    stock_.flush(facts_);
    books_.publish(session_, facts_);
}

void PlacementRun::write_orders() {
    database::Insert orders{
        "INSERT INTO orders (order_id, order_number, state, total_fen, placement_id, channel, buyer, "
        "confirmed_no_return, created_at, expires_at) VALUES"};
    database::Insert lines{
        "INSERT INTO order_line (order_id, line_id, revision_id, lot_id, lot_code, county_code, quantity, "
        "total_fen, certification_id) VALUES"};
    for (std::size_t i = 0; i < placed_.size(); ++i) {
        const auto& order = facts_.placed[i];
        const auto& draft = *prepared_.commands[placed_[i]].draft;
        orders.row(order.id, order.number, wire_name(order.state), order.total.count(), order.placement,
                   wire_name(order.channel), Literal::bytes(order.buyer), draft.confirmed_no_return,
                   order.created, order.expires);
        for (const auto& line : order.lines) {
            lines.row(order.id, line.id, line.terms->revision, line.lot, line.lot_code, line.county_code,
                      line.quantity, line.total().count(), line.certification);
        }
    }
    orders.run(session_);
    lines.run(session_);
}

void PlacementRun::write_vault() {
    database::Insert vault{"INSERT INTO vault_record (order_id, wrapped_key, sealed, phone_hash) VALUES"};
    for (std::size_t i = 0; i < placed_.size(); ++i) {
        const auto& sealed = *prepared_.receivers[placed_[i]];
        vault.row(facts_.placed[i].id, Literal::bytes(sealed.wrapped_key), Literal::bytes(sealed.sealed),
                  Literal::bytes(sealed.phone_hash));
    }
    vault.run(session_);
}

}  // namespace shanhai::orders
