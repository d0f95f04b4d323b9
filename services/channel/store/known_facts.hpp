#pragma once

#include "chassis/database/session.hpp"
#include "vocabulary/codes.hpp"
#include "vocabulary/ids.hpp"

#include <cstdint>
#include <string>

namespace shanhai::channel {

// This service's copies of what the catalog knows, one row a thing, the last word counts.

void remember_county(database::Session& session, const CountyCode& code, const std::string& name);
/// `county` is the origin that the product claims.
void remember_product(database::Session& session, ProductId id, const std::string& name,
                      const CountyCode& county);

bool knows_county(database::Session& session, const CountyCode& code);
bool knows_product(database::Session& session, ProductId id);

/// Says that something changed that decides where a code leads. Call it in the transaction of the change,
/// after the other rows: it makes the service's writers wait for one another.
void touch_revision(database::Session& session);
std::uint64_t revision(database::Session& session);

}  // namespace shanhai::channel
