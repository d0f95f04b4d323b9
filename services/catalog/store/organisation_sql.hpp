#pragma once

#include "chassis/database/session.hpp"
#include "vocabulary/codes.hpp"
#include "vocabulary/ids.hpp"

#include <optional>
#include <string>

namespace shanhai::catalog {

/// As identity last told of it. Answers what it was called before; nothing when it is heard of for the first
/// time.
std::optional<std::string> remember_organisation(database::Session& session, OrganisationId id,
                                                 const std::string& name, const std::string& kind,
                                                 const std::optional<CountyCode>& county);

/// 422 `/organisation_id` unless it is nobody (0), or a merchant's house or the operator's: the only kinds
/// that own merchants. One of which a fact could not be applied counts as unknown.
std::optional<Error> fault_of_owner(database::Session& session, OrganisationId owner);

}  // namespace shanhai::catalog
