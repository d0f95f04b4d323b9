#pragma once

#include "catalog/domain/catalogue.hpp"
#include "chassis/database/session.hpp"

#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace shanhai::catalog {

// Everything as it is stored now. Each function asks the database in one or a few statements,
// however many rows there are.

/// All of it, of no revision in particular.
Catalogue read_catalogue(database::Session& session);
/// All counties, with the codes that they had, and pairings.
void read_places(database::Session& session, Registry& registry);

std::optional<County> read_county(database::Session& session, const CountyCode& code);
/// The pairing with the natural key of this one.
std::optional<Pairing> find_pairing(database::Session& session, const Pairing& pairing);
/// Locks it.
std::optional<Pairing> read_pairing(database::Session& session, PairingId id);
std::vector<Pairing> read_pairings(database::Session& session);
std::optional<Merchant> read_merchant(database::Session& session, MerchantId id);
/// Those of these merchants that there are.
std::map<MerchantId, Merchant> read_merchants(database::Session& session, const std::set<MerchantId>& ids);
// By what no two of them share; locked.
std::optional<Merchant> find_merchant(database::Session& session, const Uscc& code);
std::optional<Merchant> find_merchant(database::Session& session, const std::string& name);
std::optional<Certification> find_certification(database::Session& session, CertificationId id);
/// Throws std::logic_error when there is no such product: lock its row first.
Product read_product(database::Session& session, ProductId id);
/// Those of these products that there are.
std::map<ProductId, Product> read_products(database::Session& session, const std::vector<ProductId>& ids);

}  // namespace shanhai::catalog
