#pragma once

#include "chassis/database/pool.hpp"
#include "chassis/database/touched.hpp"
#include "orders/domain/offers.hpp"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace shanhai::orders {

/// A merchant as the catalog told of it last.
struct KnownMerchant {
    MerchantId id{};
    std::string name;
    OrganisationId organisation{};  ///< Whose people read of its sales; 0: the operator's only.
    bool active = true;
};

/// Writes what other services published into this service's own tables. Every call is part of the
/// consumer's transaction; the last fact counts.
class FactWriter {
public:
    explicit FactWriter(database::Session& session) : session_{session} {}

    /// `terms.revision` is ignored: the same content has the same revision, found or made here.
    void save(const Offer& offer);
    /// A lot that was not known starts with empty stock.
    void save(const Lot& lot);
    void save(const Placement& placement);
    void save_merchant(const KnownMerchant& merchant);
    /// The revision of these terms, found or made.
    std::uint64_t revision_of(const OfferTerms& terms, const std::optional<Instant>& since);

private:
    void save_steps(const Offer& offer);

    database::Session& session_;
};

/// All of them, as orders are checked against. What a fact that could not be applied is about is not trusted:
/// that SKU or lot is not sold, that merchant sells nothing, that placement earns no attribution.
OfferBook load_book(database::Session& session);
/// For a SELECT: how many facts about lots could not be applied.
inline constexpr std::string_view doubts_count =
    "(SELECT COUNT(*) FROM set_aside WHERE closed_at IS NULL AND type = 'shanhai.event.v1.LotRegistered')";
/// The book of before with what has changed since read anew.
OfferBook changed_book(database::Session& session, OfferBook book, const database::Touched& changes);
/// The ids of the lots of which a fact could not be applied: nothing of them may be handed over.
std::set<std::string> doubtful_lots(database::Session& session);

/// The columns of offer_revision that read_terms reads, starting at `first`, with the table's alias "r".
inline constexpr std::string_view terms_columns =
    "r.revision_id, r.sku_id, r.product_id, r.merchant_id, r.product_name, r.sku_name, r.merchant_name, "
    "r.product_version, r.snapshot_hash, r.price_version, r.price_fen, r.net_content_g, r.quantity_max, "
    "r.return_policy, r.purchase_mode, r.remaining_days_min, r.food, r.bundle_id, r.bundle_version, "
    "r.bundle_name";
inline constexpr unsigned terms_column_count = 20;
Terms read_terms(const database::Rows& rows, unsigned first);

}  // namespace shanhai::orders
