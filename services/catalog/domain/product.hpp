#pragma once

#include "catalog/domain/merchant.hpp"
#include "catalog/domain/place.hpp"
#include "vocabulary/certification.hpp"
#include "vocabulary/codes.hpp"
#include "vocabulary/ids.hpp"
#include "vocabulary/money.hpp"
#include "vocabulary/trade.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace shanhai::catalog {

/// What a product says of itself to the public. Every change makes a new version, and old ones stay
/// as they were: a buyer's dispute is judged by the words of that day.
struct ProductText {
    static constexpr std::int64_t shelf_life_days_max = 3650;
    static constexpr std::size_t images_max = 9;

    std::string name;
    std::vector<std::string> aliases;  ///< Other names that a search finds it by (筇竹 for 箬竹).
    std::string category;              ///< One of categories().
    std::string summary;
    std::string description;
    std::string storage;
    std::optional<std::int64_t> shelf_life_days;  ///< Nothing for goods that do not expire.
    std::string origin_statement;                 ///< Names the county: where it grew or was made.
    ReturnPolicy return_policy = ReturnPolicy::seven_day;
    PurchaseMode purchase_mode = PurchaseMode::assisted_sale;
    std::vector<std::string> tags;
    std::vector<std::string> images;  ///< "/media/…" or "/pictures/…", the cover first; none: the category's.

    /// 422 `category-not-listable`, or a field that breaks a rule of its category.
    std::optional<Error> fault() const;
    /// What stands for the product where one picture does; the category's when it has none of its own.
    std::string cover() const;
    /// What only the county can tell: the statement names it, and a protected name (地理标志) stays in its
    /// area: rice of Songjiang's variety grown in 勐海 is not 松江大米 (422 `geo-indication-elsewhere`).
    std::optional<Error> fault_of_origin(const County& county) const;

    /// The same text for the same content, always: what snapshot hashes are made of. One line a member; no
    /// member holds a line break.
    std::string canonical(const CountyCode& county, MerchantId merchant) const;

    friend bool operator==(const ProductText&, const ProductText&) = default;
};

/// Where the form of a picture that was handed in is shown: its digest (32 bytes) names it, so that what
/// stands there never changes, and a product's text with it.
std::string picture_address(std::string_view sha256, std::string_view form);
/// The digest of the picture at such an address; nothing when it is none.
std::optional<std::string> picture_in(std::string_view address);

/// A size of a product that can be bought, with the price it has now.
struct Sku {
    static constexpr std::int64_t remaining_days_max = 365;

    SkuId id{};
    Gtin gtin;
    std::string name;
    Gram net_content;
    Fen price;
    int price_version = 1;
    Instant price_since{};                ///< When that price was entered; of what is stored already.
    Instant offered_since{};              ///< The same of its first price.
    std::int64_t quantity_max = 99;       ///< Of one order.
    std::int64_t min_remaining_days = 0;  ///< A lot with fewer days left is not sold.

    /// Whether both are the same pack on the same terms, whatever their ids and prices' versions.
    bool same_size_as(const Sku& other) const;
    /// 422 at `pointer` + "/gtin" for a number that no goods of open trade carry; at "/net_content_g" when
    /// the name plainly tells of another weight; at "/min_remaining_days" when no lot of goods that keep for
    /// `shelf_life_days` could ever be sold.
    std::optional<Error> fault(const std::string& pointer,
                               const std::optional<std::int64_t>& shelf_life_days) const;

    friend bool operator==(const Sku&, const Sku&) = default;
};

/// What a size cost before, until then.
struct FormerPrice {
    /// How long they are known: a list of prices is leafed through in the order in which it began.
    static constexpr std::chrono::hours kept{24};

    SkuId sku{};
    Fen price;
    Instant until{};

    friend bool operator==(const FormerPrice&, const FormerPrice&) = default;
};

/// A product before it is stored.
struct NewProduct {
    static constexpr std::size_t skus_max = 20;

    MerchantId merchant{};
    CountyCode county;
    ProductText text;
    std::vector<Sku> skus;
    bool listed = false;

    std::optional<Error> fault() const;
};

/// A product as it is now.
struct Product {
    ProductId id{};
    MerchantId merchant{};
    CountyCode county;  ///< Claimed origin; the lot decides.
    int version = 1;
    ProductText text;
    std::string snapshot_hash;  ///< SHA-256 of the canonical text, 32 bytes.
    bool listed = false;
    bool ever_listed = false;  ///< Until then only its own house and those who oversee know of it.
    std::vector<Sku> skus;
    std::vector<Certification> certifications;
    std::vector<FormerPrice> former_prices{};  ///< Of the last `FormerPrice::kept`, as it was read.

    /// What its cheapest size cost at that moment, of those that were there then; of all when none was.
    Fen least_price_at(Instant at) const;

    /// Invented, for demonstration: all its GTINs are of GS1's range for that (952), which no real goods
    /// carry.
    bool invented() const;
    bool certified_at(Instant at) const;
    /// The next moment at which certified_at may change without anybody writing.
    std::optional<Instant> next_boundary(Instant at) const;

    /// 422 for a text that this product's SKUs and lots cannot live with: what is food stays food, and every
    /// SKU can still be sold for at least a day.
    std::optional<Error> fault_of_becoming(const ProductText& next) const;

    friend bool operator==(const Product&, const Product&) = default;
};

}  // namespace shanhai::catalog
