#pragma once

#include "chassis/database/session.hpp"
#include "vocabulary/ids.hpp"
#include "vocabulary/trade.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace shanhai::messages {

// What other services told, the last word on each thing. Where a function remembers, it returns what was
// known before; nothing: it is new.

struct KnownMerchant {
    MerchantId id{};
    OrganisationId organisation{};  ///< 0: the operator's.
    std::string name;
    bool active = true;
};

struct KnownProduct {
    ProductId id{};
    MerchantId merchant{};
    std::string name;
};

struct KnownLot {
    LotId id{};
    bool saleable = true;
};

struct KnownCertification {
    CertificationId id{};
    ProductId product{};
    std::string scheme;
    std::int64_t year = 0;
    Date valid_to{};  ///< The first day on which it is over.
    CertificationState state = CertificationState::certified;
};

/// A product with the house that sells it.
struct Seller {
    std::string product_name;
    OrganisationId organisation{};
};

std::optional<KnownMerchant> remember(database::Session& session, const KnownMerchant& merchant);
/// In their order: of one that comes twice the last word counts. There are many of both when this service is
/// new.
void remember(database::Session& session, const std::vector<KnownProduct>& products);
void remember(database::Session& session, const std::vector<KnownLot>& lots);
std::optional<CertificationState> remember(database::Session& session, const KnownCertification& one);
/// Those of these lots that are known.
std::map<LotId, bool> saleable_lots(database::Session& session, const std::vector<LotId>& ids);

/// Nothing when nobody has said whose it is, or when the last word on its merchant could not be learnt.
std::optional<Seller> seller_of(database::Session& session, ProductId id);
/// Those of these products of which news wait for who sells them.
std::vector<ProductId> awaited_of(database::Session& session, const std::vector<ProductId>& ids);
/// All of which they do.
std::vector<ProductId> awaited_products(database::Session& session);
/// Those of a merchant of which they do.
std::vector<ProductId> awaited_products_of(database::Session& session, MerchantId id);
/// Of the products of a scheme's year that are recognised now one of each house, and each whose house nobody
/// has named yet.
std::vector<ProductId> certified_by_house(database::Session& session, const std::string& scheme,
                                          std::int64_t year, Date today);
/// At most `count` that end within (after, ahead] days, of sellers that are known, and under which nothing
/// goes on, of which the seller was told none of `kinds`.
std::vector<KnownCertification> ending(database::Session& session, Date today, int ahead, int after,
                                       const std::vector<std::string>& kinds, std::size_t count);

}  // namespace shanhai::messages
