#include "orders/application/placement_run.hpp"

#include "orders/store/hold_rows.hpp"
#include "orders/store/order_rows.hpp"
#include "orders/store/vault_rows.hpp"

#include <algorithm>

namespace shanhai::orders {
namespace {

Error sold_out() { return {Failure::conflict, "sold-out", "there is not enough left of what was ordered"}; }

Error stock_busy() {
    Error error{Failure::unavailable, std::string{stock_busy_code},
                "these goods are being counted; try again soon"};
    return error.retry_after(std::chrono::seconds{1});
}

/// Two lines of one SKU draw on the same lots.
std::vector<Demand> demands_of(const OrderDraft& draft) {
    std::vector<Demand> demands;
    demands.reserve(draft.lines.size());
    for (const auto& line : draft.lines) demands.push_back(Demand::of(*line.terms, line.quantity));
    return demands;
}

std::vector<Demand> demands_by_sku(const OrderDraft& draft) {
    std::vector<Demand> demands;
    for (const auto& demand : demands_of(draft)) {
        const auto found = std::ranges::find(demands, demand.sku, &Demand::sku);
        if (found == demands.end()) {
            demands.push_back(demand);
        } else {
            found->quantity += demand.quantity;
        }
    }
    return demands;
}

/// The line that asked for it, as the shopper wrote them.
std::size_t line_of(const OrderDraft& draft, SkuId sku) {
    const auto found =
        std::ranges::find_if(draft.lines, [sku](const DraftLine& line) { return line.terms->sku == sku; });
    return found->asked;
}

}  // namespace

PlacementRun::PlacementRun(database::Session& session, const Books& books, const Preparation& preparation,
                           HoldTicket* ticket, Locking locking, LookAtKeys look)
    : session_{session},
      books_{books},
      prepared_{preparation},
      ticket_{ticket},
      locking_{locking},
      look_{look},
      now_{session.now()},
      line_ids_{preparation.first_row, preparation.rows / 2},
      stock_{session, NumberRange{preparation.first_row + preparation.rows / 2, preparation.rows / 2}} {}

PlacementRun::Answers PlacementRun::run() {
    find_used_keys(to_look_at());
    stock_.lock(prepared_.lots, locking_);
    allocator_.emplace(stock_.locked());
    const auto book = books_.offers.get();
    Answers answers;
    answers.reserve(prepared_.commands.size());
    for (std::size_t i = 0; i < prepared_.commands.size(); ++i) answers.push_back(answer(i, *book));
    if (look_ == LookAtKeys::of_refused) look_again_at_refused(answers);
    if (!placed_.empty()) write();
    load_repeated(answers);
    hand_over(answers);
    return answers;
}

/// Whose keys are looked up before anything is decided.
std::vector<std::size_t> PlacementRun::to_look_at() const {
    std::vector<std::size_t> commands;
    for (std::size_t i = 0; i < prepared_.commands.size(); ++i) {
        const auto& by = prepared_.principals[i];
        if (look_ == LookAtKeys::of_all || (by && books_.holds->knows(*by))) commands.push_back(i);
    }
    return commands;
}

void PlacementRun::find_used_keys(const std::vector<std::size_t>& commands) {
    std::vector<std::string> hashes;
    for (const auto i : commands) hashes.push_back(prepared_.commands[i].key.hash);
    used_.merge(used_keys(session_, hashes));
}

/// What cannot be bought now may have been bought by the same request when it could.
void PlacementRun::look_again_at_refused(Answers& answers) {
    std::vector<std::size_t> refused;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        if (!answers[i]) refused.push_back(i);
    }
    find_used_keys(refused);
    for (const auto i : refused) {
        const auto& command = prepared_.commands[i];
        const auto used = used_.find(command.key.hash);
        if (used != used_.end()) answers[i] = repeat(used->second, command);
    }
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
    if (anything_locked(*command.draft, book, shanghai_date(at))) return stock_busy();
    return place(index, *command.draft, at);
}

Result<Placed> PlacementRun::repeat(const UsedKey& used, const PlaceCommand& command) {
    if (used.fingerprint != command.key.fingerprint) return key_reused();
    Placed placed;
    placed.order.id = OrderId{used.subject};  // load_repeated fills in the rest, for all of them at once.
    placed.replayed = true;
    return placed;
}

/// Only a batch that does not wait leaves out what others have locked.
bool PlacementRun::anything_locked(const OrderDraft& draft, const OfferBook& book, Date today) const {
    for (const auto& line : draft.lines) {
        const auto demand = Demand::of(*line.terms, line.quantity);
        for (const auto& lot : book.lots(demand.sku)) {
            if (demand.served_by(lot, today) && stock_.busy(lot.id)) return true;
        }
    }
    return false;
}

/// Counts what the order would hold; why it may not. Under the lock of its lots, so that no two batches both
/// think that there is room.
std::optional<Error> PlacementRun::admit(std::size_t index, const OrderDraft& draft, Date today) {
    const auto& by = prepared_.principals[index];
    if (ticket_ == nullptr || !by) return std::nullopt;
    Hold hold{*by, {}};
    std::vector<ShelfLevel> shelves;
    for (const auto& demand : demands_by_sku(draft)) {
        hold.goods.push_back({demand.sku, demand.quantity});
        shelves.push_back(allocator_->level(demand, today));
    }
    const OrderId order{prepared_.first_order + index};
    if (const auto refusal = ticket_->admit(order, hold, shelves)) {
        return hold_refused(refusal->limit, line_of(draft, hold.goods[refusal->goods].sku));
    }
    holds_.emplace(order, std::move(hold));
    return std::nullopt;
}

Result<Placed> PlacementRun::place(std::size_t index, const OrderDraft& draft, Instant at) {
    if (auto refusal = admit(index, draft, shanghai_date(at))) return *refusal;
    const auto picks = allocator_->take(demands_of(draft), shanghai_date(at));
    if (!picks) {
        const OrderId order{prepared_.first_order + index};
        if (holds_.erase(order) > 0) ticket_->take_back(order);
        return sold_out();
    }
    auto order = make_order(index, draft, *picks, at);
    for (const auto& line : order.lines) {
        stock_.post(StockMove::reserve, line.lot, line.quantity, order.id, now_);
    }
    const auto& key = prepared_.commands[index].key;
    used_.emplace(key.hash, UsedKey{key.fingerprint, number(order.id)});
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
    const bool sample = prepared_.commands[index].at.has_value();
    order.expires = now_ + (sample ? books_.reservation : books_.first_hold.value_or(books_.reservation));
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
    std::vector<NewKey> keys;
    std::vector<NewOrder> orders;
    std::vector<NewReceiver> receivers;
    for (std::size_t i = 0; i < placed_.size(); ++i) {
        const auto& command = prepared_.commands[placed_[i]];
        const auto& order = facts_.placed[i];
        keys.push_back({&command.key, number(order.id), now_ + key_life});
        orders.push_back({&order, command.draft->confirmed_no_return});
        receivers.push_back({order.id, &*prepared_.receivers[placed_[i]]});
    }
    store_keys(session_, keys);
    insert_orders(session_, orders);
    insert_receivers(session_, receivers);
    insert_holds(session_, holds_);
    stock_.flush(facts_);
    books_.publish(session_, facts_);
}

}  // namespace shanhai::orders
