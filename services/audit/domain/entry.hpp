#pragma once

#include "audit/domain/credit.hpp"
#include "vocabulary/ids.hpp"
#include "vocabulary/money.hpp"
#include "vocabulary/time.hpp"

#include <cstdint>
#include <string>

namespace shanhai::audit {

/// One paid line as the ledger keeps it: facts and pseudonyms, no personal data, since a log cannot forget.
struct Sale {
    std::string order_number;
    OrderLineId line{};
    Instant paid_at;
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
    std::string buyer;          ///< Pseudonym.
};

/// The ledger's entry of a sale: one JSON object in the canonical form of RFC 8785 (members sorted, no
/// spaces, integers), so that the same sale always has the same bytes and the same hash.
std::string canonical_entry(const Sale& sale);

}  // namespace shanhai::audit
