#pragma once

#include "vocabulary/codes.hpp"
#include "vocabulary/ids.hpp"
#include "vocabulary/months.hpp"
#include "vocabulary/time.hpp"
#include "vocabulary/trade.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace shanhai::certification {

// What others told of: places and goods by the catalog, organisations by identity, bases and lots by trace.

struct KnownCounty {
    CountyCode code;
    std::string name;
    std::string short_name;
};

/// That a district is paired with a county or a whole prefecture, on days [from, to) of Shanghai; nothing:
/// open.
struct KnownPairing {
    PairingId id{};
    AreaCode district;
    AreaCode area;
    Certainty certainty = Certainty::inferred;
    std::optional<Date> from;
    std::optional<Date> to;

    bool valid_on(Date day) const { return (!from || *from <= day) && (!to || day < *to); }
};

/// One size of a product.
struct KnownSku {
    SkuId id{};
    ProductId product{};
    MerchantId merchant{};
    std::string product_name;
    CountyCode county;
    std::string gtin;           ///< 14 digits, as the catalog told them.
    std::string snapshot_hash;  ///< SHA-256 of the product's public text, 32 bytes.
    std::string category{};
    std::int64_t price_fen = 0;
    std::int64_t net_content_g = 0;
    bool listed = false;
};

/// Of GS1's range for demonstrations (952), which no real goods carry; of 14 digits.
inline bool of_demonstration(std::string_view gtin) { return gtin.starts_with("0952"); }

/// Where goods grow (基地).
struct KnownBase {
    BaseId id{};
    MerchantId merchant{};
    CountyCode county;
    std::string name;
    bool confirmed = false;   ///< By a second person, as it is now.
    Months harvest_months{};  ///< When it is harvested.
};

struct KnownLot {
    LotId id{};
    std::string code;
    ProductId product{};
    BaseId base{};
    std::optional<Date> harvest;
};

struct KnownProduct {
    ProductId id{};
    std::string name;
    CountyCode county;
    OrganisationId owner{};    ///< The merchant's organisation; 0: the operator writes for it.
    bool invented = false;     ///< All its sizes are.
    bool distributed = false;  ///< Who sells it does not make it.
};

/// Whom staff work for.
struct Organisation {
    static constexpr std::size_t name_max = 200;  ///< As identity has it.

    OrganisationId id{};
    std::string name;
    bool office = false;  ///< A public office: the only kind that recognises goods.
    std::optional<CountyCode> county;

    /// Its name without the mark of an invented one (示例).
    std::string_view proper_name() const;
};

/// Who acts: an account of the staff and the organisation that it works for (0: none).
struct Author {
    AccountId account{};
    OrganisationId organisation{};
    bool sells = false;      ///< Has the role merchant or operator: decides nothing.
    bool operates = false;   ///< Has the role operator: writes for merchants of no house.
    bool certifies = false;  ///< Has the role certifier.

    /// Whether the product is theirs to apply for.
    bool owns(const KnownProduct& product) const {
        if (!sells) return false;
        if (product.owner == OrganisationId{}) return operates;
        return organisation == product.owner;
    }
};

/// 403 `duties-not-separate` when the author works for the product's own house.
std::optional<Error> fault_of_judging(const KnownProduct& product, const Author& author);

}  // namespace shanhai::certification
