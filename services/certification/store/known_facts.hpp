#pragma once

#include "certification/domain/checks.hpp"
#include "certification/domain/known.hpp"
#include "chassis/database/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace shanhai::certification {

// This service's copies of what others told, each as it was last described. What a fact that could not be
// applied is about counts as unknown until a later one is.

void remember_organisation(database::Session& session, OrganisationId id, const std::string& name,
                           const std::string& kind, const std::optional<CountyCode>& county,
                           const std::optional<Uscc>& credit_code = std::nullopt);
void remember(database::Session& session, const KnownCounty& county);
void remember(database::Session& session, const KnownPairing& pairing);
void remember_merchant(database::Session& session, MerchantId id, const std::string& name,
                       OrganisationId organisation, bool active, bool distributor = false);
void remember(database::Session& session, const KnownSku& sku);

std::optional<Organisation> find_organisation(database::Session& session, OrganisationId id);
std::optional<KnownCounty> find_county(database::Session& session, const CountyCode& code);
/// Those of which this is the district.
std::vector<KnownPairing> pairings_of(database::Session& session, const CountyCode& district);
/// Whether some district is or was said to be paired with it, or with its prefecture.
bool is_assisted(database::Session& session, const CountyCode& county);
/// The product, with its rows locked: nobody else decides about it until the end of the transaction.
std::optional<KnownProduct> lock_product(database::Session& session, ProductId id);
/// What each size, listed or not yet, costs beside others' like sizes; those without any other are left out.
std::vector<PriceBeside> prices_beside(database::Session& session, ProductId id);
bool is_sold_by(database::Session& session, ProductId id, OrganisationId house);
/// The condition, in SQL, that merchants of these houses (0: of none) sell the product in that column; there
/// is one house at least.
std::string sold_by(const std::vector<OrganisationId>& houses, const std::string& product_column);

}  // namespace shanhai::certification
