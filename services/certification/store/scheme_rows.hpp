#pragma once

#include "certification/domain/scheme.hpp"
#include "chassis/database/session.hpp"

#include <optional>
#include <vector>

namespace shanhai::certification {

/// The newest version of it.
std::optional<Scheme> find_scheme(database::Session& session, const SchemeCode& code);
/// One version of it.
std::optional<Scheme> find_scheme(database::Session& session, const SchemeCode& code, int version);
/// The newest version of each after `after` (empty: from the first), in the order of their codes.
std::vector<Scheme> schemes(database::Session& session, std::string_view after, std::size_t count);
/// False when somebody else has just written that version.
bool insert_scheme(database::Session& session, const Scheme& scheme, AccountId by);

/// The newest version of each of which nobody was told yet.
std::vector<Scheme> untold_schemes(database::Session& session);
void note_told(database::Session& session, const Scheme& scheme);

}  // namespace shanhai::certification
