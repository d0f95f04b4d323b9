#pragma once

#include "catalog/domain/catalogue.hpp"
#include "catalog/store/announcement.hpp"
#include "chassis/database/session.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace shanhai::catalog {

// What the copies of the catalogue in memory follow: whoever changes what they show touches it.

/// Touches what a transaction tells of. A merchant stands for all its goods: nothing in their own rows
/// changed.
void touch_announced(database::Session& session, const Announcement& announcement);
/// What a scheme is called by one of its versions; nothing changes when a later one is known.
void remember_scheme(database::Session& session, const SchemeCode& scheme, int version,
                     const std::string& name);
/// Touches many at once.
void touch_products(database::Session& session, const std::vector<ProductId>& products);

/// What a copy of the revision `known` lacks: in a few statements, however much was changed.
CatalogueNews read_news(database::Session& session, std::uint64_t known);

}  // namespace shanhai::catalog
