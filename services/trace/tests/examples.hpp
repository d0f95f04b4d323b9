#pragma once

#include "trace/domain/base.hpp"
#include "trace/domain/lot.hpp"

namespace shanhai::trace::examples {

inline Date day(const char* text) { return *parse_date(text); }

/// 120 mu of bamboo in 大关县 that yield 700 kg each.
inline Base bamboo_base() {
    return {BaseId{3},
            {MerchantId{5},
             *CountyCode::parse("530624"),
             "筇竹一号基地",
             "天星镇",
             {"方竹笋", "竹荪"},
             MuX100{12'000},
             700},
            1,
            AccountId{21},
            AccountId{22}};
}

inline KnownSku noodles() {
    return {SkuId{11}, ProductId{7}, MerchantId{5}, "箬竹面", *CountyCode::parse("530624"), Gram{500},
            true,      365};
}

inline KnownSku lampshade() {
    auto sku = noodles();
    sku.food = false;
    sku.shelf_life_days.reset();
    return sku;
}

inline LotRequest lot_request(const char* code = "DG20260402-01") {
    return {BaseId{3},
            SkuId{11},
            *LotCode::parse(code),
            std::nullopt,
            day("2026-04-02"),
            day("2026-04-03"),
            day("2027-04-03"),
            1'500,
            std::nullopt,
            "HGZ-530624-26-0117",
            "QC-2026-0403"};
}

inline Lot lot(std::uint64_t id, const char* production) {
    auto request = lot_request();
    request.harvest = std::nullopt;
    request.production = day(production);
    auto made = *draft_lot(request, bamboo_base(), noodles(), day("2026-12-31"));
    made.id = LotId{id};
    return made;
}

}  // namespace shanhai::trace::examples
