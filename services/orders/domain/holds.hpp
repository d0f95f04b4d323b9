#pragma once

#include "orders/domain/allocation.hpp"
#include "vocabulary/ids.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace shanhai::orders {

// Stock is reserved when an order is placed, so whoever orders without paying holds goods that others want.
// These rules keep any crowd from emptying a shelf (FAILURES 23). Telephones and addresses are cheap to make
// up, client networks (an IPv4 /24, an IPv6 /64) are not: they decide who may draw on the reserve of a shelf.

/// How much may be held without being paid. Counts of 0 and shares of 100 are no caps.
struct HoldCaps {
    std::int64_t orders_per_telephone = 0;
    std::int64_t orders_per_address = 0;
    std::int64_t orders_per_network = 0;
    std::int64_t shelf_percent = 100;  ///< Of an SKU, by all unpaid orders together; the rest is reserve.
    /// Of an SKU, by the unpaid orders of one network together; ten packs are never too many.
    std::int64_t network_percent = 100;

    bool none() const {
        return orders_per_telephone == 0 && orders_per_address == 0 && orders_per_network == 0 &&
               shelf_percent >= 100 && network_percent >= 100;
    }
};

/// Which cap an order would exceed.
enum class HoldLimit { telephone, address, network, network_share, shelf };

/// Who holds, as keyed hashes.
struct HoldPrincipals {
    std::uint64_t telephone = 0;
    std::uint64_t address = 0;
    std::uint64_t network = 0;
};

struct HeldPacks {
    SkuId sku{};
    std::int64_t packs = 0;
};

/// What one unpaid order holds, and for whom.
struct Hold {
    HoldPrincipals by;
    std::vector<HeldPacks> goods;  ///< Each SKU once.
};

/// Packs of a shelf of `all` (free ones and those that unpaid orders hold) that the crowd leaves for networks
/// that hold nothing of it. Below five packs there is none with the usual 80 %: whoever comes first gets the
/// last pack.
std::int64_t shelf_reserve(const HoldCaps& caps, std::int64_t all);
/// Packs that a network which holds nothing yet may take of that reserve: one, or one of 2,000 where there
/// are many.
std::int64_t reserve_portion(std::int64_t reserve);

/// Whether a network that holds `own` packs of a shelf may hold `packs` more; nothing when it may. More than
/// there is at all is sold out, whoever asks, and no matter of caps.
std::optional<HoldLimit> shelf_limit(const HoldCaps& caps, const ShelfLevel& shelf, std::int64_t own,
                                     std::int64_t packs);

/// All unpaid orders as far as they are known here, counted by principal.
class HoldCounts {
public:
    /// The same order again changes nothing.
    void add(OrderId order, Hold hold);
    void remove(OrderId order);
    std::size_t size() const { return holds_.size(); }
    /// Whether an unpaid order has this telephone or this address.
    bool knows(const HoldPrincipals& by) const;

    /// Which cap one more order of these principals would exceed.
    std::optional<HoldLimit> limit(const HoldCaps& caps, const HoldPrincipals& by) const;
    /// Packs of an SKU that a network holds.
    std::int64_t packs(std::uint64_t network, SkuId sku) const;

private:
    using Counts = std::unordered_map<std::uint64_t, std::int64_t>;
    static void change(Counts& counts, std::uint64_t key, std::int64_t by);
    static std::int64_t count(const Counts& counts, std::uint64_t key);
    static std::uint64_t shelf_key(std::uint64_t network, SkuId sku);
    void count_in(const Hold& hold, std::int64_t sign);

    std::unordered_map<std::uint64_t, Hold> holds_;  // By order.
    Counts telephones_;
    Counts addresses_;
    Counts networks_;
    Counts shelves_;  // Packs by network and SKU.
};

/// An address in the form that small changes of writing leave alone: without blanks and punctuation,
/// full-width letters and digits as ASCII, small letters.
std::string address_form(std::string_view address);

/// "1:3 15:1", as the table stores it, and back; what is no such text is nothing.
std::string goods_text(const std::vector<HeldPacks>& goods);
std::vector<HeldPacks> goods_of(std::string_view text);

}  // namespace shanhai::orders
