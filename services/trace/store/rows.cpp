#include "trace/store/rows.hpp"

#include "chassis/database/lines.hpp"

#include <algorithm>

namespace shanhai::trace {

namespace {

std::optional<Position> position_of(const database::Rows& rows) {
    if (rows.null(12)) return std::nullopt;
    return Position::of_e5(rows.integer(12), rows.integer(13));
}

}  // namespace

Base base_of(const database::Rows& rows) {
    Base base{rows.id<BaseId>(0),
              {rows.id<MerchantId>(1), *CountyCode::parse(rows.text(2)), rows.text(3), rows.text(4),
               database::words_of(rows.text(5)), MuX100{rows.integer(6)}, rows.integer(7),
               Months::of_bits(rows.integer(11)).value(), position_of(rows)},
              static_cast<int>(rows.integer(8)),
              rows.null(9) ? AccountId{} : rows.id<AccountId>(9),
              std::nullopt};
    if (!rows.null(10)) base.confirmed_by = rows.id<AccountId>(10);
    return base;
}

Base base_seen(const database::Rows& rows) {
    const auto base = base_of(rows);
    return rows.integer(14) != 0 ? base : base.for_everybody();
}

namespace {

void bring_into_bounds(Lot& lot) {
    constexpr std::chrono::days one{1};  // Between the last production and the last expiry.
    const auto made = [=](Date day) { return std::clamp(day, told_day_min, told_day_max - one); };
    if (lot.harvest) lot.harvest = made(*lot.harvest);
    lot.production = made(lot.production);
    if (!lot.expiry) return;
    const auto latest = std::min(lot.production + shelf_life_max, told_day_max);
    lot.expiry = std::clamp(*lot.expiry, told_day_min + one, latest);
}

}  // namespace

Lot lot_of(const database::Rows& rows) {
    Lot lot{rows.id<LotId>(0),
            *LotCode::parse(rows.text(1)),
            rows.id<BaseId>(2),
            rows.id<SkuId>(3),
            rows.id<ProductId>(4),
            rows.id<MerchantId>(5),
            *CountyCode::parse(rows.text(6)),
            rows.optional_date(7),
            rows.date(8),
            rows.optional_date(9),
            rows.integer(10),
            Gram{rows.integer(11)},
            rows.text(12),
            rows.text(13),
            rows.integer(14) != 0,
            rows.text(15)};
    bring_into_bounds(lot);
    return lot;
}

}  // namespace shanhai::trace
