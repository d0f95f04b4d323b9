#pragma once

#include "certification/domain/checks.hpp"
#include "certification/domain/known.hpp"
#include "chassis/database/session.hpp"

namespace shanhai::certification {

// What trace told of where goods grow. What a fact that could not be applied is about counts as unknown.

void remember(database::Session& session, const KnownBase& base);

/// Whether a base in that county is confirmed: of a merchant that sells the product, or of anybody.
bool has_confirmed_base(database::Session& session, ProductId product, const CountyCode& county,
                        bool anybodys);

}  // namespace shanhai::certification
