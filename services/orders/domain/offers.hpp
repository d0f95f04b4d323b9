#pragma once

#include "vocabulary/bundle.hpp"
#include "vocabulary/ids.hpp"
#include "vocabulary/money.hpp"
#include "vocabulary/shared_map.hpp"
#include "vocabulary/trade.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace shanhai::orders {

/// From `since` on a certification is in `state`, until its next step.
struct CertificationStep {
    CertificationState state = CertificationState::certified;
    Instant since{};
};

/// A certification of a product: what the catalog last told of it, and every step it told before. What is
/// learned later never changes what was so earlier: suspended from T1 and reinstated or revoked at T2, it is
/// not good in [T1, T2).
struct Certification {
    CertificationId id{};
    Instant valid_from{};  ///< Never before it was entered.
    Instant valid_to{};    ///< Half-open: not valid any more at this moment.
    CertificationState state = CertificationState::certified;
    Instant state_since{};
    std::vector<CertificationStep> earlier{};  ///< By `since`, all before `state_since`.

    /// Good before the first step that is known.
    CertificationState state_at(Instant at) const;
    bool valid_at(Instant at) const;
};

/// Of which bundle packs are, in which of its versions.
struct OfBundle {
    BundleId id{};
    std::int32_t version = 0;
    std::string name;
};

/// What an SKU was sold as: immutable, one revision for each text or price that was ever published.
struct OfferTerms {
    std::uint64_t revision = 0;  ///< Key of the table offer_revision.
    SkuId sku{};
    ProductId product{};
    MerchantId merchant{};
    std::string product_name;
    std::string sku_name;
    std::string merchant_name;
    std::int32_t product_version = 0;
    std::string snapshot_hash;  ///< 32 bytes.
    std::int32_t price_version = 0;
    Fen price;
    Gram net_content;
    std::int64_t order_quantity_max = 0;
    ReturnPolicy return_policy = ReturnPolicy::seven_day;
    PurchaseMode purchase_mode = PurchaseMode::assisted_sale;
    std::chrono::days remaining_min{0};  ///< A lot with fewer days left is not sold.
    bool food = false;  ///< Food without a day of expiry is not sold (食品安全法 34), whatever the lot says.
    /// Packs of a bundle cost their share of its price, which is no price of the SKU's own.
    std::optional<OfBundle> bundle{};
};
using Terms = std::shared_ptr<const OfferTerms>;

/// An SKU as it can be bought now.
struct Offer {
    Terms terms;
    bool listed = false;
    std::vector<Certification> certifications;
    std::optional<Instant> price_since{};  ///< When its price was entered; nothing: nobody said.
    bool never_listed = false;             ///< Only its own house and those who oversee know of it.

    /// The certification that makes a sale at that moment count: the valid one with the lowest id.
    std::optional<CertificationId> certification_at(Instant at) const;
};

/// Packs of one SKU that cost the same within a bundle.
struct BundlePacks {
    Terms terms;
    std::int64_t quantity = 0;
};

/// A bundle as it can be bought now.
struct Bundle {
    BundleId id{};
    MerchantId merchant{};
    std::int32_t version = 0;
    std::string name;
    Fen price;
    bool listed = false;
    std::vector<BundlePacks> packs;  ///< Empty while it cannot be shared out over its parts as they cost now.

    /// Whether the packs are this version's and cost what it costs.
    bool whole() const;
};

/// Whether goods of this category of the catalog are food. A category that we do not know is.
bool is_food(std::string_view category);

/// The facts of a lot that decide whether it may be sold.
struct Lot {
    LotId id{};
    SkuId sku{};
    std::string code;
    std::string county_code;
    std::optional<Date> production;
    std::optional<Date> expiry;  ///< First day on which it is not sold; none for goods that do not expire.
    bool saleable = true;
    std::optional<std::int64_t> quantity{};  ///< Packs made; unknown for lots that were told before 0.2.

    /// DOMAIN 4.4: made already, not recalled, and fresh for `remaining_min` more days (at least one). A lot
    /// that never expires is sold unless its goods must (`expiry_required`).
    bool sellable_on(Date today, std::chrono::days remaining_min, bool expiry_required = false) const;
};

struct Placement {
    PlacementId id{};
    ChannelKind channel = ChannelKind::online;
};

/// This service's copy of what others published: everything an order is checked against. Readers get it as a
/// whole (Published<OfferBook>) that nobody changes; a copy of it, in which little is different, is cheap.
class OfferBook {
public:
    const Offer* offer(SkuId sku) const;
    const Bundle* bundle(BundleId id) const;
    const Placement* placement(PlacementId id) const;
    const std::vector<Lot>& lots(SkuId sku) const;  ///< By lot id.
    bool merchant_active(MerchantId id) const { return !inactive_merchants_.contains(number(id)); }
    std::size_t offers() const { return goods_.size(); }

    /// Each in place of what was known of the same thing.
    void add(Offer offer);
    void add(Lot lot);
    void add(Bundle bundle);
    void add(Placement placement);
    void deactivate(MerchantId id) { inactive_merchants_.insert(number(id)); }
    void forget(SkuId sku) { goods_.erase(number(sku)); }  ///< Its offer and its lots.
    void forget(BundleId id) { bundles_.erase(number(id)); }
    void forget(PlacementId id) { placements_.erase(number(id)); }
    void forget_merchants() { inactive_merchants_.clear(); }

private:
    struct Goods {
        std::optional<Offer> offer;
        std::vector<Lot> lots;
    };
    SharedMap<Goods> goods_;  // By SKU.
    SharedMap<Bundle> bundles_;
    SharedMap<Placement> placements_;
    std::unordered_set<std::uint64_t> inactive_merchants_;
};

}  // namespace shanhai::orders
