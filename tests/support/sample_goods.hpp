#pragma once

#include "orders/domain/desk.hpp"

#include <memory>
#include <string>

namespace shanhai::support {

/// Terms of sale that nothing is wrong with; whoever needs others changes them.
inline std::shared_ptr<orders::OfferTerms> sample_terms(std::uint64_t sku) {
    auto terms = std::make_shared<orders::OfferTerms>();
    terms->sku = SkuId{sku};
    terms->product = ProductId{100 + sku};
    terms->merchant = MerchantId{5};
    terms->product_name = "箬竹面";
    terms->sku_name = "500 克";
    terms->merchant_name = "大关县翠华合作社";
    terms->product_version = terms->price_version = 1;
    terms->snapshot_hash = std::string(32, '\x01');
    terms->price = Fen{1990};
    terms->net_content = Gram{500};
    terms->order_quantity_max = 50;
    return terms;
}

/// A lot of 大关县, made five days before `today`.
inline orders::Lot sample_lot(std::uint64_t id, std::uint64_t sku, Date today, int days_left) {
    using std::chrono::days;
    return {LotId{id}, SkuId{sku},      "L" + std::to_string(id),
            "530624",  today - days{5}, today + days{days_left},
            true};
}

inline orders::Receiver sample_receiver() {
    return {"张三丰", "13812345678", std::nullopt, "上海市闵行区沪闵路6258号3号楼502室"};
}

}  // namespace shanhai::support
