#pragma once

#include "chassis/database/touched.hpp"
#include "vocabulary/codes.hpp"
#include "vocabulary/ids.hpp"

#include <string>
#include <string_view>

namespace shanhai::channel {

// This service's copies of what the catalog knows, one row a thing, the last word counts.

void remember_county(database::Session& session, const CountyCode& code, const std::string& name);
/// `county` is the origin that the product claims. What was never listed plays on no screen.
void remember_product(database::Session& session, ProductId id, const std::string& name,
                      const CountyCode& county, bool never_listed);

bool knows_county(database::Session& session, const CountyCode& code);
bool knows_product(database::Session& session, ProductId id);

// What was changed that decides where a code leads, for database::touch.
inline constexpr std::string_view placement_kind = "placement";
inline constexpr std::string_view campaign_kind = "campaign";
inline constexpr std::string_view product_kind = "product";

}  // namespace shanhai::channel
