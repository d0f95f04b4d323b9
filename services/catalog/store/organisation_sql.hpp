#pragma once

#include "catalog/domain/organisation.hpp"
#include "chassis/database/session.hpp"

#include <optional>
#include <string>

namespace shanhai::catalog {

// This service's copy of what identity knows of organisations; the last word counts.

void remember_organisation(database::Session& session, OrganisationId id, const std::string& name,
                           const std::string& kind, const std::optional<CountyCode>& county);
/// Nothing for one that identity has not told of, or whose fact waits unapplied.
std::optional<Organisation> read_organisation(database::Session& session, OrganisationId id);

/// 422 `/organisation_id` unless it is a house that sells; 0 (the operator's own accounts only) always will
/// do.
std::optional<Error> fault_of_owner(database::Session& session, OrganisationId owner);

}  // namespace shanhai::catalog
