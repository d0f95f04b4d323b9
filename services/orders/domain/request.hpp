#pragma once

#include "orders/domain/offers.hpp"
#include "orders/domain/receiver.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shanhai::orders {

inline constexpr std::size_t order_lines_max = 20;
inline constexpr std::size_t order_parts_max = 60;  ///< Kinds of packs, those within bundles among them.
inline constexpr std::chrono::hours attribution_life{24};

/// So much of one SKU, or of one bundle.
struct LineRequest {
    SkuId sku{};  ///< 0 in a line of a bundle.
    std::int64_t quantity = 0;
    std::int32_t price_version = 0;  ///< Or the bundle's version: what the shopper has read.
    std::optional<BundleId> bundle{};
};

/// What a shopper sent, well formed but not yet checked against any fact.
struct OrderRequest {
    std::vector<LineRequest> lines;
    std::optional<std::string> attribution;
    Receiver receiver;
    bool confirmed_no_return = false;
};

/// The request in one fixed form: two bodies that mean the same give the same text, whatever their spacing
/// and order of members; two that differ anywhere give different texts. Its SHA-256 is the fingerprint.
std::string canonical_text(const OrderRequest& request);

/// Which placement brought the shopper, and when it was scanned; from a verified token.
struct Attribution {
    PlacementId placement{};
    Instant scanned{};
};

/// Packs of one SKU at one price. A bundle becomes one line or two for each of its parts.
struct DraftLine {
    Terms terms;
    std::int64_t quantity = 0;
    CertificationId certification{};
    std::size_t asked = 0;  ///< Index of the request's line.
};

/// An order that every rule allows at the moment it was drafted; only stock is still unknown.
struct OrderDraft {
    std::vector<DraftLine> lines;
    std::optional<PlacementId> placement;
    ChannelKind channel = ChannelKind::online;
    Receiver receiver;
    bool confirmed_no_return = false;
    Fen total;
};

/// Checks a request against the facts. Fails with 422 `sku-unknown`, `bundle-unknown`, `quantity-above-cap`,
/// `confirmation-missing`, `total-too-large` and 409 `price-changed`, `bundle-changed`, `not-for-sale`,
/// `certification-not-valid`, each with a pointer to the line at fault. A bundle is sold when all of its
/// parts are; its packs and single ones count together. An attribution older than 24 hours (or from the
/// future) is ignored: the channel is then ONLINE.
Result<OrderDraft> draft(const OrderRequest& request, const OfferBook& book,
                         const std::optional<Attribution>& attribution, Instant at);

/// Whether what was drafted may still be sold at `at`: facts may have changed while the order waited.
Result<Done> still_for_sale(const OrderDraft& draft, const OfferBook& book, Instant at);

}  // namespace shanhai::orders
