#pragma once

#include "trace/domain/base.hpp"
#include "trace/domain/lot.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace shanhai::trace {

/// One thing that happened to a lot on its way to the shopper.
struct OriginStep {
    enum class Kind { harvested, packed, conformity_committed, tested };

    Kind kind = Kind::packed;
    std::optional<Date> at;
    std::string place;
    std::string detail;
};

/// What a shopper may know of where a product comes from (产地卡片).
struct OriginCard {
    ProductId product{};
    KnownCounty county;
    std::optional<Base> base;
    std::optional<Lot> lot;
    std::vector<OriginStep> steps;
    /// Of goods that were never listed, whose they are: the public knows nothing of them.
    std::optional<MerchantId> never_listed_of{};
};

/// All that origin cards are made of, as read in one transaction.
struct OriginFacts {
    std::vector<KnownCounty> counties;
    std::vector<KnownSku> skus;
    std::vector<Base> bases;
    std::vector<Lot> lots;
    std::map<MerchantId, OrganisationId> houses;  ///< Whose each merchant is.
};

struct OriginCards {
    std::map<ProductId, OriginCard> of_product;
    std::map<LotId, OriginCard> of_lot;
    std::map<MerchantId, OrganisationId> houses;
};

/// The card of every lot, and of every product with its newest lot that may be sold on `today`. A
/// product without such a lot has a card that says no more than the county it claims.
OriginCards origin_cards(const OriginFacts& facts, Date today);

}  // namespace shanhai::trace
