#pragma once

#include "trace/domain/base.hpp"
#include "trace/domain/known.hpp"
#include "trace/domain/lot_code.hpp"
#include "vocabulary/ids.hpp"
#include "vocabulary/money.hpp"
#include "vocabulary/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shanhai::trace {

inline constexpr std::int64_t lot_quantity_max = 100'000'000;
/// The longest shelf life there is, and the age at which nothing is registered as a new lot any more.
inline constexpr std::chrono::days shelf_life_max{3650};
/// How long anything is kept between harvest and packing (aged tea, ham), and how old a date may be at all.
inline constexpr std::chrono::days harvest_age_max{3650};
inline constexpr Gram net_content_max{10'000'000};
/// The first and the last day of which a fact can tell (trace.proto).
inline constexpr Date told_day_min{std::chrono::sys_days{std::chrono::year{1900} / 1 / 1}};
inline constexpr Date told_day_max{std::chrono::sys_days{std::chrono::year{2200} / 12 / 31}};

/// What somebody asks to register: packs of one SKU from one base.
struct LotRequest {
    BaseId base{};
    SkuId sku{};
    LotCode code;
    std::optional<CountyCode> county;  ///< If given, it must be the base's.
    std::optional<Date> harvest;       ///< None for goods that are not harvested.
    Date production{};
    std::optional<Date> expiry;       ///< First day on which it is not sold; if none, by the shelf life.
    std::int64_t quantity = 0;        ///< Packs.
    std::optional<Gram> net_content;  ///< Of one pack; the SKU's when it is not given.
    std::string conformity_certificate_no;  ///< 承诺达标合格证; empty when there is none.
    std::string test_report_no;             ///< Empty when there is none.
};

/// The numbers of the papers that go with a lot; empty where there is none.
struct LotPapers {
    std::string conformity_certificate_no;
    std::string test_report_no;

    friend bool operator==(const LotPapers&, const LotPapers&) = default;
};

/// Packs of one SKU that were made together from what one base yielded (批次).
struct Lot {
    LotId id{};
    LotCode code;
    BaseId base{};
    SkuId sku{};
    ProductId product{};
    MerchantId merchant{};
    CountyCode county;  ///< The base's: it decides the county of the lot's sales.
    std::optional<Date> harvest;
    Date production{};
    std::optional<Date> expiry;  ///< Every lot of food has one.
    std::int64_t quantity = 0;
    Gram net_content;
    std::string conformity_certificate_no;
    std::string test_report_no;
    bool saleable = true;
    std::string block_reason;  ///< Empty while it is saleable.

    LotPapers papers() const { return {conformity_certificate_no, test_report_no}; }
    /// What the whole lot weighs.
    Gram mass() const { return net_content * quantity; }
    /// The year in which it counts against the yield of its base.
    std::chrono::year harvest_year() const;
    /// Whether it may be sold on that day.
    bool sold_on(Date day) const { return saleable && (!expiry || day < *expiry); }
    /// Whether both say the same, apart from their ids and what happened to them afterwards.
    bool same_registration(const Lot& other) const;
};

/// The lot that a request makes of its base and SKU. An expiry that is not given is production and shelf
/// life. Fails with Failure::invalid unless
/// - harvest ≤ production < expiry ≤ production + shelf life, and nothing was made after `today` (a day in
///   Shanghai) or absurdly long ago;
/// - food has an expiry (食品安全法 34, 67), and is not made of what was harvested too long before;
/// - amounts are within their bounds;
/// - the base lies in the county that the product says it comes from, and the county, when given, is that
/// one.
Result<Lot> draft_lot(const LotRequest& request, const Base& base, const KnownSku& sku, Date today);

/// The expiry of a lot of this food that was registered before anybody asked how long it keeps: what it says,
/// if the food keeps that long, else when its shelf life ends. Of goods whose shelf life is not known, and of
/// those that do not spoil, what it says.
std::optional<Date> checked_expiry(const Lot& lot, const KnownSku& sku);

/// What is registered of a base and harvest year already: goods by their name, and what their lots weigh.
struct Registration {
    std::string goods;
    Gram mass;
};

/// Refuses (409 `yield-exceeded`) a lot of `goods` with which the base would have yielded more in the lot's
/// harvest year than it can, altogether or of the crop that these goods are made of. `registered` are its
/// other lots of that year; blocked ones count, they grew too.
Result<Done> check_yield(const Base& base, const Lot& lot, std::string_view goods,
                         const std::vector<Registration>& registered);

}  // namespace shanhai::trace
