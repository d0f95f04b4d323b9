#include "orders/application/hold_ledger.hpp"

#include "orders/store/hold_rows.hpp"

#include <algorithm>

namespace shanhai::orders {
namespace {

constexpr std::chrono::seconds pause_min{1};
constexpr int pauses_per_reading = 20;  // Reading takes at most a twentieth of the time.
constexpr std::chrono::seconds principal_retry{60};
constexpr std::chrono::seconds shelf_retry{15};

}  // namespace

void HoldLedger::note(Change change) {
    if (change.hold) {
        counts_.add(change.order, *change.hold);
    } else {
        counts_.remove(change.order);
    }
    if (reading_) meanwhile_.push_back(std::move(change));
}

void HoldLedger::release(std::span<const OrderId> orders) {
    if (orders.empty()) return;
    const std::lock_guard lock{mutex_};
    for (const auto order : orders) note({order, std::nullopt});
}

std::optional<HoldRefusal> HoldLedger::admit(OrderId order, const Hold& hold,
                                             std::span<const ShelfLevel> shelves) {
    const std::lock_guard lock{mutex_};
    if (const auto limit = counts_.limit(caps_, hold.by)) return HoldRefusal{*limit, 0};
    for (std::size_t i = 0; i < hold.goods.size(); ++i) {
        const auto& [sku, packs] = hold.goods[i];
        const auto own = counts_.packs(hold.by.network, sku);
        if (const auto limit = shelf_limit(caps_, shelves[i], own, packs)) return HoldRefusal{*limit, i};
    }
    note({order, hold});
    return std::nullopt;
}

Result<Done> HoldLedger::refresh(database::Pool& pool) {
    const auto begin = pool.clock().steady();
    {
        const std::lock_guard lock{mutex_};
        if (reading_ || begin < next_) return Done{};
        reading_ = true;
        meanwhile_.clear();
    }
    using Holds = std::vector<std::pair<OrderId, Hold>>;
    auto read = pool.transact_blocking(
        [](database::Session& session) -> Result<Holds> { return load_holds(session); });
    HoldCounts fresh;
    if (read) {
        for (auto& [order, hold] : *read) fresh.add(order, std::move(hold));
    }
    const std::lock_guard lock{mutex_};
    reading_ = false;
    const auto end = pool.clock().steady();
    next_ = end + std::max<Clock::Steady::duration>(pause_min, pauses_per_reading * (end - begin));
    if (!read) return read.error();
    counts_ = std::move(fresh);
    for (auto& change : std::exchange(meanwhile_, {})) note(std::move(change));
    return Done{};
}

std::size_t HoldLedger::size() const {
    const std::lock_guard lock{mutex_};
    return counts_.size();
}

bool HoldLedger::knows(const HoldPrincipals& by) const {
    const std::lock_guard lock{mutex_};
    return counts_.knows(by);
}

std::optional<HoldRefusal> HoldTicket::admit(OrderId order, const Hold& hold,
                                             std::span<const ShelfLevel> shelves) {
    const auto refusal = ledger_.admit(order, hold, shelves);
    if (!refusal) orders_.push_back(order);
    return refusal;
}

void HoldTicket::take_back(OrderId order) {
    ledger_.release(std::span{&order, 1});
    std::erase(orders_, order);
}

Error hold_refused(HoldLimit limit, std::size_t line) {
    std::vector<FieldError> fields;
    std::string detail;
    auto wait = principal_retry;
    switch (limit) {
        case HoldLimit::telephone:
            detail = "this telephone has too many orders that are not paid: pay or cancel one of them first";
            fields.push_back({"/receiver/phone", detail});
            break;
        case HoldLimit::address:
            detail = "this address has too many orders that are not paid: pay or cancel one of them first";
            fields.push_back({"/receiver/address", detail});
            break;
        case HoldLimit::network:
            detail = "too many orders from your network are not paid; try again in a minute";
            break;
        case HoldLimit::network_share:
            detail = "orders from your network that are not paid hold their share of these goods already";
            fields.push_back({"/lines/" + std::to_string(line) + "/sku_id", detail});
            wait = shelf_retry;
            break;
        case HoldLimit::shelf:
            detail =
                "most of these goods are held by orders that are not paid; order fewer, or try again soon";
            fields.push_back({"/lines/" + std::to_string(line) + "/quantity", detail});
            wait = shelf_retry;
            break;
    }
    Error error{Failure::too_many, "hold-limit", detail, std::move(fields)};
    error.retry_after(wait);
    return error;
}

}  // namespace shanhai::orders
