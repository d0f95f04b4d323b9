#pragma once

#include "audit/domain/credit.hpp"
#include "vocabulary/ids.hpp"
#include "vocabulary/money.hpp"
#include "vocabulary/time.hpp"
#include "vocabulary/trade.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace shanhai::audit {

/// How far a sale may be believed: made for a demonstration, paid through this platform, or told by others.
enum class Trust { sample, platform, self_reported };

/// The trust of a sale that this provider's payment made: "sample" and "sandbox" move no money.
Trust trust_of(std::string_view provider);

/// The version of the entries that are written now. Those of version 1 stay as they are: they hold order
/// numbers and lasting pseudonyms, where these hold commitments.
inline constexpr int entry_version = 2;

/// One paid line as the ledger keeps it: facts and commitments, nothing that could be remembered, since a log
/// cannot forget.
struct Sale {
    int version = entry_version;
    std::string order;       ///< Commitment to the order's number, hex; in version 1 the number itself.
    std::uint64_t line = 0;  ///< Its place in its order, from 1; in version 1 the line's id.
    Instant paid_at;         ///< Whole seconds; in version 1 to the microsecond.
    Instant recorded_at;     ///< When the platform learned of the payment, whole seconds; not in version 1.
    Trust trust = Trust::platform;
    std::string provider;     ///< Through whom it was paid; not in version 1.
    std::string county_code;  ///< The lot's: it owns the sale.
    MerchantId merchant{};
    ProductId product{};
    SkuId sku{};
    LotId lot{};
    std::string lot_code;
    std::int64_t quantity = 0;
    Gram weight;
    Fen unit_price;
    Fen total;
    CertificationId certification{};  ///< 0: none was valid at payment.
    bool counted = false;             ///< Paid and certified at payment: only then consumption assistance.
    std::string channel;
    PlacementId placement{};  ///< 0: no placement led here.
    Credit credit;
    std::string purchase_mode;
    std::int32_t product_version = 0;
    std::string snapshot_hash;  ///< SHA-256 of the product's text as sold, 32 bytes.
    std::string buyer;          ///< Commitment to the pseudonym, hex; in version 1 the pseudonym itself.
};

/// The ledger's entry of a sale: one JSON object in the canonical form of RFC 8785 (members sorted, no
/// spaces, integers), so that the same sale always has the same bytes and the same hash.
std::string canonical_entry(const Sale& sale);

/// The sale that an entry holds. Nothing unless `canonical_entry` of it has these very bytes.
std::optional<Sale> read_entry(std::string_view entry);

}  // namespace shanhai::audit

template <>
struct shanhai::WireNames<shanhai::audit::Trust> {
    static constexpr std::array<std::string_view, 3> names{"SAMPLE", "PLATFORM", "SELF_REPORTED"};
};
