#pragma once

#include "chassis/database/session.hpp"
#include "identity/domain/organisation.hpp"

#include <optional>

namespace shanhai::identity {

/// The id of the new row, or nothing when name or code are taken.
std::optional<OrganisationId> insert_organisation(database::Session& session, const NewOrganisation& facts);
std::optional<Organisation> find_organisation(database::Session& session, OrganisationId id);

}  // namespace shanhai::identity
